//! The page around a frame: what it posts to our window, the port it gives, and how it has us look.

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort};

use super::page::{document, window};
use super::{Listener, frame, reflect};
use crate::embed::Letter;

#[wasm_bindgen]
extern "C" {
    type Other;
    #[wasm_bindgen(method, js_name = postMessage)]
    fn post(this: &Other, text: &str, to: &str);

    type Line;
    #[wasm_bindgen(method, js_name = postMessage)]
    fn say(this: &Line, text: &str);

    type Style;
    #[wasm_bindgen(method, js_name = setProperty)]
    fn set(this: &Style, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = removeProperty)]
    fn remove(this: &Style, name: &str);
}

/// A port on which a page and its phone speak text. Dropping it closes it.
pub struct HostPort {
    port: MessagePort,
    _listener: Listener,
}

impl HostPort {
    /// Starts to listen.
    pub fn open(port: MessagePort, hear: impl Fn(&str) + 'static) -> Self {
        let listener = Listener::new(&port, &["message"], move |event: MessageEvent| {
            hear(&event.data().as_string().unwrap_or_default());
        });
        port.start();
        Self {
            port,
            _listener: listener,
        }
    }

    /// Says something.
    pub fn say(&self, text: &str) {
        self.port.unchecked_ref::<Line>().say(text);
    }
}

impl Drop for HostPort {
    fn drop(&mut self) {
        self.port.close();
    }
}

/// Posts to the page around, if it is of that origin.
pub fn post(origin: &str, text: &str) {
    if let Some(around) = reflect::get(&window(), "parent") {
        around.unchecked_into::<Other>().post(text, origin);
    }
}

/// Hears what is posted to this window. Where `is_host` says so, the port that came with it is opened, and handed to `known`
/// before `hear` hears anything on it.
pub fn on_letter(
    is_host: impl Fn(Letter<'_>) -> bool + 'static,
    known: impl Fn(HostPort) + 'static,
    hear: impl Fn(&str) + Clone + 'static,
) -> Listener {
    Listener::global(&["message"], move |event: MessageEvent| {
        let ports: Array = reflect::get(&event, "ports")
            .map(JsCast::unchecked_into)
            .unwrap_or_default();
        let parent = reflect::get(&window(), "parent");
        let text = event.data().as_string();
        let letter = Letter {
            from_parent: parent.is_some() && reflect::get(&event, "source") == parent,
            origin: &event.origin(),
            text: text.as_deref(),
            ports: ports.length() as usize,
        };
        if is_host(letter)
            && let Ok(port) = ports.get(0).dyn_into()
        {
            known(HostPort::open(port, hear.clone()));
        }
    })
}

/// The origin of the page around; `None` where there is none, or the browser does not say.
pub fn origin() -> Option<String> {
    frame::around()
}

/// Sets a custom property for the whole page, or takes it away.
pub fn style(property: &str, value: Option<&str>) {
    let root = document().and_then(|document| document.document_element());
    let style = root.and_then(|root| reflect::get(&root, "style"));
    if let Some(style) = style {
        let style: Style = JsValue::unchecked_into(style);
        match value {
            Some(value) => style.set(property, value),
            None => style.remove(property),
        }
    }
}
