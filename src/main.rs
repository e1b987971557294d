//! Placeholder until the browser part lands.

fn main() {}
