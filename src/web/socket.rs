//! The SIP WebSocket (RFC 7118): subprotocol `sip`, one frame is one message.

use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use phone::SocketEvent;
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

use super::Listener;

/// An open or opening socket. Dropping it closes it, and nothing is heard of it any more.
pub struct Socket {
    socket: WebSocket,
    _listeners: [Listener; 3],
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
        let hear = Rc::new(hear);
        let (opened, got) = (Rc::clone(&hear), Rc::clone(&hear));
        let listeners = [
            Listener::new(&socket, "open", move |_: Event| opened(SocketEvent::Open)),
            Listener::new(&socket, "message", move |event: MessageEvent| {
                let data = event.data();
                if let Some(text) = data.as_string() {
                    got(SocketEvent::Text(text));
                } else if let Some(buffer) = data.dyn_ref::<ArrayBuffer>() {
                    got(SocketEvent::Binary(Uint8Array::new(buffer).to_vec()));
                }
            }),
            // `error` says nothing and is always followed by `close`.
            Listener::new(&socket, "close", move |event: CloseEvent| {
                hear(SocketEvent::Closed(event.code()))
            }),
        ];
        Ok(Self {
            socket,
            _listeners: listeners,
        })
    }

    /// Sends one text frame. On a socket that is closing the browser drops it; `Closed` follows anyway.
    pub fn send(&self, text: &str) {
        let _ = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}
