//! One UDP socket per local address, read into one queue.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::{MediaError, addresses};

/// A datagram and the addresses it travelled between.
pub(super) struct Datagram {
    pub(super) local: SocketAddr,
    pub(super) source: SocketAddr,
    pub(super) bytes: Vec<u8>,
}

/// The sockets of one peer. Dropping it closes them.
pub(super) struct Transport {
    sockets: Vec<(SocketAddr, Arc<UdpSocket>)>,
    queue: mpsc::Receiver<Datagram>,
    _readers: JoinSet<()>,
}

impl Transport {
    /// Binds a free port on every local address. An address that cannot be bound is left out; none at all is an error.
    pub(super) async fn bind() -> Result<Self, MediaError> {
        let (sender, queue) = mpsc::channel(512);
        let mut sockets = Vec::new();
        let mut readers = JoinSet::new();
        for address in addresses::local() {
            let Ok(socket) = UdpSocket::bind((address, 0)).await else {
                continue;
            };
            let Ok(local) = socket.local_addr() else { continue };
            let socket = Arc::new(socket);
            readers.spawn(read(local, Arc::clone(&socket), sender.clone()));
            sockets.push((local, socket));
        }
        if sockets.is_empty() {
            return Err(MediaError::NoSocket);
        }
        Ok(Self {
            sockets,
            queue,
            _readers: readers,
        })
    }

    pub(super) fn addresses(&self) -> impl Iterator<Item = SocketAddr> {
        self.sockets.iter().map(|(address, _)| *address)
    }

    /// Sends at once or not at all: like the network, it may lose a datagram.
    pub(super) fn send(&self, source: SocketAddr, destination: SocketAddr, bytes: &[u8]) {
        if let Some((_, socket)) = self.sockets.iter().find(|(address, _)| *address == source) {
            let _ = socket.try_send_to(bytes, destination);
        }
    }

    /// The next datagram. Never ends while the sockets live.
    pub(super) async fn receive(&mut self) -> Datagram {
        match self.queue.recv().await {
            Some(datagram) => datagram,
            None => std::future::pending().await,
        }
    }
}

async fn read(local: SocketAddr, socket: Arc<UdpSocket>, queue: mpsc::Sender<Datagram>) {
    let mut buffer = vec![0; 2048];
    loop {
        // An error here is a past send's ICMP answer; the socket is still good.
        let Ok((length, source)) = socket.recv_from(&mut buffer).await else {
            tokio::task::yield_now().await;
            continue;
        };
        let bytes = buffer.get(..length).unwrap_or_default().to_vec();
        if queue.send(Datagram { local, source, bytes }).await.is_err() {
            return;
        }
    }
}
