//! The SIP WebSocket (RFC 7118): subprotocol `sip`, one frame is one message.

use phone::SocketEvent;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{BinaryType, WebSocket};

use super::{Listener, reflect};

// An event of a socket: only `close` has a code, only `message` has data.
#[wasm_bindgen]
extern "C" {
    type News;
    #[wasm_bindgen(method, getter)]
    fn code(this: &News) -> Option<u16>;
    #[wasm_bindgen(method, getter)]
    fn data(this: &News) -> JsValue;
}

/// An open or opening socket. Dropping it closes it, and nothing is heard of it any more.
pub struct Socket {
    socket: WebSocket,
    _listener: Listener,
}

/// The browser refused the address outright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadAddress;

impl Socket {
    /// Starts to open `url`; all news comes through `hear`.
    ///
    /// # Errors
    /// The URL is malformed, or not allowed from this page (mixed content, CSP).
    pub fn open(url: &str, hear: impl Fn(SocketEvent) + 'static) -> Result<Self, BadAddress> {
        let socket = WebSocket::new_with_str(url, "sip").map_err(|_| BadAddress)?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        // `error` says nothing and is always followed by `close`.
        let listener = Listener::new(&socket, &["open", "message", "close"], move |news: News| {
            hear(read(&news));
        });
        Ok(Self {
            socket,
            _listener: listener,
        })
    }

    /// Sends one text frame. On a socket that is closing the browser drops it; `Closed` follows anyway.
    pub fn send(&self, text: &str) {
        let _ = self.socket.send_with_str(text);
    }
}

fn read(news: &News) -> SocketEvent {
    if let Some(code) = news.code() {
        return SocketEvent::Closed(code);
    }
    let data = news.data();
    if data.is_undefined() {
        return SocketEvent::Open;
    }
    match data.as_string() {
        Some(text) => SocketEvent::Text(text),
        None => SocketEvent::Binary(reflect::bytes(&data)),
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}
