//! HTTP on one connection.

use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tower::ServiceExt as _;

use super::Serving;

/// Bytes that wait inside a connection; also the longest head of a request.
const BUFFER: usize = 64 * 1024;
/// Requests at once on one connection.
const STREAMS: u32 = 128;
/// How often an HTTP/2 peer is asked whether it is there, and how long it may take.
const PING: Duration = Duration::from_secs(30);

/// Whether the peer opens with the preface of HTTP/2, as a proxy may without TLS. Nothing is taken from the stream.
pub(super) async fn asks_for_h2(stream: &TcpStream, patience: Duration) -> bool {
    let mut first = [0; 3];
    let peeked = tokio::time::timeout(patience, stream.peek(&mut first)).await;
    matches!(peeked, Ok(Ok(3))) && &first == b"PRI"
}

impl Serving {
    /// Answers what comes on `stream`, until either side ends it.
    pub(super) async fn speak<S>(&self, stream: S, peer: SocketAddr, h2: bool)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let router = self.router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request.map(axum::body::Body::new))
        });
        let stream = TokioIo::new(stream);
        // Either way an error means that the peer went away or broke the protocol; it has been told as far as possible.
        let ended = if h2 {
            let mut builder = http2::Builder::new(TokioExecutor::new());
            builder
                .timer(TokioTimer::new())
                .max_concurrent_streams(STREAMS)
                .max_send_buf_size(BUFFER)
                .keep_alive_interval(PING)
                .keep_alive_timeout(self.limits.stalled);
            let mut connection = pin!(builder.serve_connection(stream, service));
            tokio::select! {
                ended = &mut connection => ended,
                () = self.drain.begun() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            }
        } else {
            let mut builder = http1::Builder::new();
            builder
                .timer(TokioTimer::new())
                .header_read_timeout(self.head_limit(peer))
                .max_buf_size(BUFFER);
            let mut connection = pin!(builder.serve_connection(stream, service));
            tokio::select! {
                ended = &mut connection => ended,
                () = self.drain.closing() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            }
        };
        if let Err(error) = ended
            && error.is_timeout()
        {
            self.metrics.cut("slow_header");
        }
    }

    fn head_limit(&self, peer: SocketAddr) -> Duration {
        if self.trusted_proxies.contains(&peer.ip().to_canonical()) {
            self.limits.head_from_proxy
        } else {
            self.limits.head
        }
    }
}
