//! A request's body must come in time: its sender may be slow, but not for ever.

use std::io;
use std::pin::Pin;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::stream::{Stream, StreamExt, unfold};
use tokio::time::{Instant, timeout_at};

/// The longest body that a route takes unless it says otherwise with a limit of its own, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;

/// For the whole body.
const LONGEST: Duration = Duration::from_secs(30);

type Pieces = Pin<Box<dyn Stream<Item = Result<bytes::Bytes, axum::Error>> + Send>>;

/// Around every route.
pub async fn body_in_time(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !headers.contains_key(header::CONTENT_LENGTH) && !headers.contains_key(header::TRANSFER_ENCODING) {
        // Without either there is no body (RFC 9112, section 6.3).
        return next.run(request).await;
    }
    let until = Instant::now() + LONGEST;
    next.run(request.map(|body| in_time(body, until))).await
}

fn in_time(body: Body, until: Instant) -> Body {
    let pieces: Pieces = Box::pin(body.into_data_stream());
    let next = move |mut pieces: Pieces| async move {
        match timeout_at(until, pieces.next()).await {
            Ok(piece) => piece.map(|piece| (piece.map_err(io::Error::other), pieces)),
            Err(_) => {
                let error = io::Error::new(io::ErrorKind::TimedOut, "the body came too slowly");
                let nothing: Pieces = Box::pin(futures_util::stream::empty());
                Some((Err(error), nothing))
            }
        }
    };
    Body::from_stream(unfold(pieces, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_stops_is_an_error_and_one_that_comes_is_not() {
        let whole = in_time(Body::from("all of it"), Instant::now() + Duration::from_secs(30));
        let bytes = axum::body::to_bytes(whole, 100).await.unwrap();
        assert_eq!(bytes.as_ref(), b"all of it");
        let until = Instant::now() + Duration::from_millis(100);
        let never = Body::from_stream(futures_util::stream::pending::<Result<bytes::Bytes, io::Error>>());
        assert!(axum::body::to_bytes(in_time(never, until), 100).await.is_err());
        assert!(Instant::now() >= until);
    }
}
