//! One end of the `MessagePort` between a page and the worker, carrying the types of `wire`.

use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, MessagePort, console};

use super::{Listener, reflect};

/// A port not yet listened to.
pub struct Ends(MessagePort);

/// A port in use. Dropping it closes it.
pub struct Port {
    port: MessagePort,
    _listener: Listener,
}

/// Sends on a port that someone else holds; harmless once that one is closed.
#[derive(Clone)]
pub struct Sender(MessagePort);

impl Port {
    /// Starts to listen. `worker-boot.js` cannot pack messages: the one thing it has to say, that the worker did not load,
    /// comes as plain words and goes to `failed`. Anything else is reported on the console and dropped.
    pub fn open<In: DeserializeOwned + 'static>(
        ends: Ends,
        hear: impl Fn(In) + 'static,
        failed: impl Fn() + 'static,
    ) -> Self {
        let port = ends.0;
        let listener = Listener::new(&port, "message", move |event: MessageEvent| {
            let data = event.data();
            let message = data.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
            match message.and_then(|bytes| postcard::from_bytes(&bytes).ok()) {
                Some(message) => hear(message),
                None if data.is_string() => failed(),
                None => console::error_2(&JsValue::from_str("unreadable message"), &data),
            }
        });
        port.start();
        Self {
            port,
            _listener: listener,
        }
    }

    /// A way to send that outlives no one.
    pub fn sender(&self) -> Sender {
        Sender(self.port.clone())
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.port.close();
    }
}

impl Sender {
    /// Sends one message.
    pub fn send<Out: Serialize>(&self, message: &Out) {
        if let Ok(bytes) = postcard::to_allocvec(message) {
            let _ = self.0.post_message(&Uint8Array::from(bytes.as_slice()));
        }
    }
}

/// In the worker: hears every page that connects. Early ones were queued by `www/worker-boot.js`.
pub fn connections(hear: impl Fn(Ends) + 'static) -> Listener {
    Listener::global("connect", move |event: MessageEvent| {
        if let Ok(port) = event.ports().get(0).dyn_into() {
            hear(Ends(port));
        }
    })
}

/// In the page: the port to the worker that `www/boot.js` started, and a listener that hears the worker's death at start
/// (its script did not load or did not compile). `None` where the boot file did not run.
pub fn worker(failed: impl Fn() + 'static) -> Option<(Ends, Listener)> {
    let boot = reflect::get(&js_sys::global(), "softphone")?;
    let port = reflect::get(&boot, "port")?.dyn_into().ok()?;
    let worker = reflect::get(&boot, "worker")?;
    Some((
        Ends(port),
        Listener::new(worker.unchecked_ref(), "error", move |_: Event| failed()),
    ))
}
