//! HTTP/1.1 on one connection. Why not HTTP/2: `docs/decisions.md`.

use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tower::ServiceExt as _;

use super::Serving;

/// Bytes that wait inside a connection; also the longest head of a request.
const BUFFER: usize = 64 * 1024;

impl Serving {
    /// Answers what comes on `stream`, until either side ends it.
    pub(super) async fn speak<S>(&self, stream: S, peer: SocketAddr)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let router = self.router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request.map(axum::body::Body::new))
        });
        let stream = TokioIo::new(stream);
        // An error means that the peer went away or broke the protocol; it has been told as far as possible.
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_limit(peer))
            .max_buf_size(BUFFER);
        let mut connection = pin!(builder.serve_connection(stream, service));
        let ended = tokio::select! {
            ended = &mut connection => ended,
            () = self.drain.closing() => {
                connection.as_mut().graceful_shutdown();
                connection.await
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
