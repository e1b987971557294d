//! Set-up, build, demo, test and size.
fn main() {}
