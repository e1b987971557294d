//! A stream whose peer must take what waits for it: without a byte taken in time, writing fails.
//!
//! ```text
//! IDLE -- write takes nothing --> WAITING(deadline) -- deadline --> write fails, the connection ends
//!   ^                                 |
//!   +------- a byte is taken ---------+
//! ```

use std::future::Future as _;
use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::ops::Metrics;

/// See the module.
pub(super) struct Unstalled<S> {
    stream: S,
    limit: Duration,
    metrics: Metrics,
    /// Set while the peer takes nothing. Made on demand: most connections never need one.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<S> Unstalled<S> {
    pub(super) fn new(stream: S, limit: Duration, metrics: Metrics) -> Self {
        Self {
            stream,
            limit,
            metrics,
            waiting: None,
        }
    }

    /// Passes on what a write gave; turns a wait that is too long into a failure.
    fn watch<T>(&mut self, cx: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let limit = self.limit;
        let waiting = self
            .waiting
            .get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + limit)));
        if waiting.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.metrics.cut("slow_reader");
        Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "the peer takes nothing")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Unstalled<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Unstalled<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.watch(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.watch(cx, shut)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const LIMIT: Duration = Duration::from_secs(2);

    #[tokio::test]
    async fn a_slow_peer_is_not_cut() {
        let (near, mut far) = duplex(4);
        let mut near = Unstalled::new(near, LIMIT, Metrics::new());
        let slow = tokio::spawn(async move {
            for _ in 0..8 {
                tokio::time::sleep(LIMIT / 5).await;
                far.read_u8().await.unwrap();
            }
            // Kept until the last bytes are written.
            far
        });
        let began = Instant::now();
        near.write_all(&[0; 12])
            .await
            .expect("a byte now and then is enough");
        assert!(began.elapsed() > LIMIT / 2, "it was slow");
        slow.await.unwrap();
    }

    #[tokio::test]
    async fn a_peer_that_takes_nothing_is_cut() {
        let (near, _far) = duplex(4);
        let mut near = Unstalled::new(near, LIMIT, Metrics::new());
        let began = Instant::now();
        let error = near.write_all(&[0; 8]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert!(began.elapsed() >= LIMIT);
    }
}
