//! The worker binary; the pump of `src/worker` starts here once the kernel is in.

fn main() {}
