//! What a server process costs, as the kernel counts it.

use std::fs;
use std::io;

/// Memory and processor time of a process.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// Resident memory in bytes. The kernel's socket buffers are not in it.
    pub(crate) resident: u64,
    /// Processor time since it began, in microseconds.
    pub(crate) cpu_us: u64,
}

/// Reads both from `/proc`.
pub(crate) fn cost(pid: u32) -> io::Result<Cost> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let resident = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or_default();
    // Nanoseconds on the processor, per thread: finer than the ticks of `stat`.
    let mut cpu_ns = 0;
    for task in fs::read_dir(format!("/proc/{pid}/task"))? {
        let text = fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
        cpu_ns += text
            .split_whitespace()
            .next()
            .and_then(|ns| ns.parse::<u64>().ok())
            .unwrap_or_default();
    }
    Ok(Cost {
        resident: resident * 1024,
        cpu_us: cpu_ns / 1000,
    })
}
