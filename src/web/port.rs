//! One end of the `MessagePort` between a page and the worker, carrying the types of `wire`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, MessagePort};

use super::{Listener, reflect};
use crate::wire::unpack;

// A copy of the bytes goes, made by the glue. A port that is closed takes everything, so there is no error.
#[wasm_bindgen]
extern "C" {
    type Out;
    #[wasm_bindgen(method, js_name = postMessage)]
    fn post(this: &Out, bytes: Vec<u8>);
}

/// A port not yet listened to.
pub type Ends = MessagePort;

/// A port in use. Dropping it closes it.
pub struct Port {
    port: MessagePort,
    _listener: Listener,
}

/// Sends on a port that someone else holds; harmless once that one is closed.
#[derive(Clone)]
pub struct Sender(MessagePort);

impl Port {
    /// Starts to listen.
    pub fn open<In: DeserializeOwned>(ends: Ends, hear: impl Fn(In) + 'static) -> Self {
        Self::listen(ends, move |data| {
            hear(read(&data));
        })
    }

    /// The same to another program. The boot files cannot pack messages: the one thing they have to say, that it did not load
    /// or has broken down, comes as plain words and goes to `failed`.
    pub fn to_program<In: DeserializeOwned>(
        ends: Ends,
        hear: impl Fn(In) + 'static,
        failed: impl Fn(String) + 'static,
    ) -> Self {
        Self::listen(ends, move |data| match data.as_string() {
            Some(words) => failed(words),
            None => hear(read(&data)),
        })
    }

    fn listen(port: Ends, mut hear: impl FnMut(JsValue) + 'static) -> Self {
        let listener = Listener::new(&port, &["message"], move |event: MessageEvent| hear(event.data()));
        port.start();
        Self {
            port,
            _listener: listener,
        }
    }

    /// Sends one message.
    pub fn send<Out: Serialize>(&self, message: &Out) {
        post(&self.port, message);
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
        post(&self.0, message);
    }
}

fn post(port: &MessagePort, message: &impl Serialize) {
    port.unchecked_ref::<Out>().post(pack(message));
}

/// A message as bytes. None of ours can fail to pack.
pub fn pack(message: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(message).unwrap_or_default()
}

fn read<In: DeserializeOwned>(data: &JsValue) -> In {
    unpack(&reflect::bytes(data))
}

/// Hears with the page what the worker says to it, and may speak in its name: another program of the same page does, which the
/// boot file starts before the page. What the boot file says itself goes to `failed`. `None` where the boot file did not run.
pub fn beside_page<In: DeserializeOwned>(
    hear: impl Fn(In) + 'static,
    failed: impl Fn() + 'static,
) -> Option<(Sender, Listener)> {
    let boot = reflect::get(&js_sys::global(), "softphone")?;
    let port: MessagePort = reflect::get(&boot, "port")?.dyn_into().ok()?;
    // The page starts the port, once it listens too.
    let listener = Listener::new(&port, &["message"], move |event: MessageEvent| {
        let data = event.data();
        if data.is_string() {
            failed();
        } else {
            hear(read(&data));
        }
    });
    Some((Sender(port), listener))
}

/// In the page: the port to the worker that `www/boot.js` started, and a listener that hears the worker's death at start
/// (its script did not load or did not compile). `None` where the boot file did not run.
pub fn worker(failed: impl Fn() + 'static) -> Option<(Ends, Listener)> {
    let boot = reflect::get(&js_sys::global(), "softphone")?;
    let port = reflect::get(&boot, "port")?.dyn_into().ok()?;
    let worker = reflect::get(&boot, "worker")?;
    Some((
        port,
        Listener::new(worker.unchecked_ref(), &["error"], move |_: Event| failed()),
    ))
}
