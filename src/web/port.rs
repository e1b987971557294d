//! One end of the `MessagePort` between a page and the worker, carrying the types of `wire`.

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
    /// Starts to listen. What is not an `In` is reported on the console and dropped: page and worker are built together.
    pub fn open<In: DeserializeOwned + 'static>(ends: Ends, hear: impl Fn(In) + 'static) -> Self {
        let port = ends.0;
        let listener =
            Listener::new(
                &port,
                "message",
                move |event: MessageEvent| match serde_wasm_bindgen::from_value(event.data()) {
                    Ok(message) => hear(message),
                    Err(error) => console::error_2(&JsValue::from_str("unreadable message"), &error.into()),
                },
            );
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
        if let Ok(value) = serde_wasm_bindgen::to_value(message) {
            let _ = self.0.post_message(&value);
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
