//! The body of a webhook, 64 KiB at most.

use axum::body::Body;
use axum::http::StatusCode;
use exotel::hooks::MAX_BYTES;
use futures_util::StreamExt;

use crate::Refused;

/// Reads `body`, no more of it than is ever looked at.
///
/// # Errors
/// 413 for more than 64 KiB; 400 if it does not arrive whole.
pub(super) async fn read(body: Body) -> Result<Vec<u8>, Refused> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| {
            let message = "The body did not arrive whole. Send it again.";
            Refused::new(StatusCode::BAD_REQUEST, "unread_body", message)
        })?;
        if bytes.len() + chunk.len() > MAX_BYTES {
            let message = "A webhook has at most 64 KiB.";
            return Err(Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
