//! A way to the vendor that can be shut: what was connected is cut, what comes later is turned away.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// An open gate.
pub(crate) struct Gate {
    /// The address that leads to the vendor.
    pub(crate) origin: String,
    task: JoinHandle<()>,
}

impl Gate {
    pub(crate) async fn open(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            // Dropped with the task, and then all of them end.
            let mut connected = JoinSet::new();
            while let Ok((mut from, _)) = listener.accept().await {
                connected.spawn(async move {
                    let mut to = TcpStream::connect(to).await.unwrap();
                    let _ = copy_bidirectional(&mut from, &mut to).await;
                });
            }
        });
        Self { origin, task }
    }

    /// Shuts it. Returns when nobody gets through any more.
    pub(crate) async fn shut(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}
