//! Servers that misbehave, for tests of what a phone does then.

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;

/// Shakes hands, then closes.
pub(super) async fn closes(socket: WebSocketUpgrade) -> Response {
    socket
        .protocols(["sip"])
        .on_upgrade(|mut socket: WebSocket| async move {
            let _ = socket.send(Message::Close(None)).await;
        })
}

/// Answers every frame with things no SIP server says.
pub(super) async fn garbage(socket: WebSocketUpgrade) -> Response {
    socket
        .protocols(["sip"])
        .on_upgrade(|mut socket: WebSocket| async move {
            while let Some(Ok(_)) = socket.recv().await {
                for kind in crate::garbage::Garbage::ALL {
                    if socket.send(kind.frame()).await.is_err() {
                        return;
                    }
                }
            }
        })
}

/// Reads everything, says nothing.
pub(super) async fn silent(socket: WebSocketUpgrade) -> Response {
    socket
        .protocols(["sip"])
        .on_upgrade(|mut socket: WebSocket| async move { while let Some(Ok(_)) = socket.recv().await {} })
}

/// Accepts without choosing the subprotocol: a browser that asked for one must refuse (RFC 6455 §4.1).
pub(super) async fn no_subprotocol(socket: WebSocketUpgrade) -> Response {
    socket.on_upgrade(|mut socket: WebSocket| async move { while let Some(Ok(_)) = socket.recv().await {} })
}
