//! What the kernel is asked for each socket.

use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::TcpStream;

/// Bytes that wait in the kernel without having been sent; beyond it the socket takes no more, so a slow reader is
/// noticed after this and not after megabytes of the kernel's own buffer.
const UNSENT: u32 = 64 * 1024;
/// Sent and not acknowledged for so long: the peer is gone.
const UNACKNOWLEDGED: Duration = Duration::from_secs(60);
/// Silent for so long: ask whether it is there.
const SILENT: Duration = Duration::from_secs(60);

/// Best effort: a kernel without one of these serves all the same.
pub(super) fn prepare(stream: &TcpStream) {
    let socket = SockRef::from(stream);
    let keepalive = TcpKeepalive::new().with_time(SILENT);
    let done = [
        socket.set_tcp_nodelay(true),
        socket.set_tcp_keepalive(&keepalive),
        #[cfg(target_os = "linux")]
        socket.set_tcp_notsent_lowat(UNSENT),
        #[cfg(target_os = "linux")]
        socket.set_tcp_user_timeout(Some(UNACKNOWLEDGED)),
    ];
    for error in done.into_iter().filter_map(Result::err) {
        tracing::debug!(%error, "a socket option was refused");
    }
}
