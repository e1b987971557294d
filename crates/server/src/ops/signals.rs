//! What the process is told from outside: SIGTERM and Ctrl-C end it, SIGHUP rereads the certificate.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Patience;

/// Listeners for the three.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    /// From now on none of them kills the process.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for an end, and says how patiently to go down.
    pub(super) async fn wait(mut self, on_hang_up: impl Fn()) -> Patience {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return Patience::PLANNED,
                _ = self.interrupt.recv() => return Patience::AT_ONCE,
                _ = self.hang_up.recv() => on_hang_up(),
            }
        }
    }
}
