//! Ports nobody uses: free for TCP and UDP on 127.0.0.1, never handed out twice by one process.

use std::net::{TcpListener, UdpSocket};
use std::sync::Mutex;

static GIVEN: Mutex<Vec<u16>> = Mutex::new(Vec::new());

/// A free port.
pub(crate) fn free() -> u16 {
    free_run(1)
}

/// The first of `count` free ports in a row, beginning with an even one (RTP and RTCP want a pair).
pub(crate) fn free_run(count: u16) -> u16 {
    let mut given = GIVEN.lock().expect("no poisoned port list");
    for _ in 0..500 {
        let Ok(probe) = TcpListener::bind("127.0.0.1:0") else {
            continue;
        };
        let Ok(address) = probe.local_addr() else { continue };
        drop(probe);
        let first = address.port() & !1;
        let Some(last) = first.checked_add(count) else {
            continue;
        };
        let run = first..last;
        if run.clone().all(|port| !given.contains(&port) && is_free(port)) {
            given.extend(run);
            return first;
        }
    }
    panic!("no {count} free ports in a row on 127.0.0.1");
}

fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok() && UdpSocket::bind(("127.0.0.1", port)).is_ok()
}
