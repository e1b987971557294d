//! `GET /sip`: SIP over WebSocket (RFC 7118). One frame is one message, text or binary.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::{SinkExt, StreamExt};

use crate::engine::{Engine, ToSocket};

/// More than any SIP message may be; a longer frame ends the connection.
const MOST: usize = 256 * 1024;

/// Shakes hands with those who speak `sip`.
pub(super) async fn upgrade(State(engine): State<Arc<Engine>>, socket: WebSocketUpgrade) -> Response {
    let socket = socket
        .protocols(["sip"])
        .max_message_size(MOST)
        .max_frame_size(MOST);
    if socket.selected_protocol().is_none() {
        let words = "This address speaks SIP over WebSocket: ask for the subprotocol \"sip\" (RFC 7118).\n";
        return (StatusCode::BAD_REQUEST, words).into_response();
    }
    socket.on_upgrade(move |socket| serve(engine, socket))
}

async fn serve(engine: Arc<Engine>, socket: WebSocket) {
    let (flow, mut orders) = engine.open();
    let (mut sink, mut stream) = socket.split();
    loop {
        tokio::select! {
            frame = stream.next() => match frame {
                Some(Ok(Message::Text(text))) => engine.with(|world, now| world.frame(now, flow, text.as_bytes())),
                Some(Ok(Message::Binary(bytes))) => engine.with(|world, now| world.frame(now, flow, &bytes)),
                // Pings are answered below us.
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
            },
            order = orders.recv() => {
                let sent = match order {
                    Some(ToSocket::Text(text)) => sink.send(Message::Text(text.into())).await,
                    Some(ToSocket::Garbage(kind)) => sink.send(kind.frame()).await,
                    Some(ToSocket::Cut) | None => break,
                };
                if sent.is_err() {
                    break;
                }
            }
        }
    }
    engine.close(flow);
}
