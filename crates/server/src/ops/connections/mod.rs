//! Connections: accepting, TLS, HTTP/1.1, limits, an orderly end.
//!
//! ```text
//! accept -> room? -> [TLS handshake] -> HTTP/1.1 -> router          each on a task of its own
//! ```

mod client_addr;
mod http;
mod room;
mod socket;
mod tls;
mod unstalled;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};

pub use client_addr::{ClientAddr, client_addr};
pub(in crate::ops) use room::Room;
pub(in crate::ops) use tls::Certificate;
pub use tls::TlsError;

use super::{Drain, Metrics};
use unstalled::Unstalled;

/// How long a peer may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For the head of a request, idle time before it included.
    pub head: Duration,
    /// The same for a trusted proxy, which keeps connections for later and must not find them closed.
    pub head_from_proxy: Duration,
    /// Without taking a byte of what waits for it: then it is cut.
    pub stalled: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(15),
            head_from_proxy: Duration::from_secs(150),
            stalled: Duration::from_secs(20),
        }
    }
}

/// What every connection needs.
#[derive(Clone)]
pub(super) struct Serving {
    /// What answers.
    pub(super) router: Router,
    /// TLS, unless a proxy does it.
    pub(super) tls: Option<Arc<Certificate>>,
    /// Time limits.
    pub(super) limits: Limits,
    /// Peers that are proxies.
    pub(super) trusted_proxies: Arc<[std::net::IpAddr]>,
    /// For how many there is room.
    pub(super) room: Room,
    /// When to stop.
    pub(super) drain: Drain,
    /// Figures.
    pub(super) metrics: Metrics,
}

impl Serving {
    /// Accepts connections until the future is dropped.
    pub(super) async fn accept(self, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let Some(place) = self.room.enter(peer.ip()) else {
                        // Closed without a word: whoever opens thousands reads none.
                        self.metrics.cut("no_room");
                        continue;
                    };
                    let serving = self.clone();
                    self.drain.spawn(async move {
                        serving.connection(stream, peer).await;
                        drop(place);
                    });
                }
                Err(error) => {
                    // Out of file descriptors, or a peer that went away: the next try may do.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }

    /// One connection, from its first byte to its last.
    async fn connection(&self, stream: TcpStream, peer: SocketAddr) {
        socket::prepare(&stream);
        let Some(certificate) = &self.tls else {
            return self.speak(self.unstalled(stream), peer).await;
        };
        let handshake = certificate.acceptor().accept(stream);
        match tokio::time::timeout(self.limits.handshake, handshake).await {
            Ok(Ok(stream)) => self.speak(self.unstalled(stream), peer).await,
            // Port scanners and plain HTTP: nothing to tell anybody.
            Ok(Err(_)) | Err(_) => self.metrics.cut("handshake"),
        }
    }

    fn unstalled<S>(&self, stream: S) -> Unstalled<S> {
        Unstalled::new(stream, self.limits.stalled, self.metrics.clone())
    }
}
