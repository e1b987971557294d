//! The document and its window: title, keys, fragment, visibility, coming and going.

use js_sys::Function;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Event, HtmlElement, KeyboardEvent, PageTransitionEvent, VisibilityState, Window};

use super::{Listener, clock, fragment, reflect};

pub(super) fn window() -> Window {
    JsValue::from(js_sys::global()).unchecked_into()
}

pub(super) fn document() -> Option<Document> {
    window().document()
}

/// The language of the document, such as `hi`.
pub fn language() -> String {
    document()
        .and_then(|document| document.document_element())
        .and_then(|root| root.get_attribute("lang"))
        .unwrap_or_else(|| String::from("en"))
}

/// Sets the tab's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Gives the focus to the element with this id, if it is there and takes it.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The value of a key in the fragment of the address that this page was loaded by, as `www/boot.js` has kept it; in pages
/// without that script, of the address as it is. See [`fragment::value`].
pub fn fragment(key: &str) -> Option<String> {
    let kept = reflect::get(&js_sys::global(), "softphone").and_then(|boot| reflect::get(&boot, "start"));
    let hash = kept.map_or_else(|| window().location().hash().ok(), |kept| kept.as_string())?;
    fragment::value(&hash, key).map(str::to_owned)
}

/// What the browser says it is.
pub fn browser() -> String {
    window().navigator().user_agent().unwrap_or_default()
}

/// This page comes from this very machine.
pub fn is_local() -> bool {
    let host = window().location().hostname().unwrap_or_default();
    host == "localhost" || host == "[::1]" || host.starts_with("127.")
}

/// The agent can see this page.
pub fn visible() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Runs `then` once the browser has nothing better to do.
pub fn when_idle(then: impl FnOnce() + 'static) {
    /// Where the browser does not say when that is, ms.
    const SOON: u32 = 500;
    let then = Closure::once_into_js(then);
    let then: &Function = then.unchecked_ref();
    match reflect::method(&window(), "requestIdleCallback") {
        Some(request) => drop(request.call1(&window(), then.as_ref())),
        None => clock::after(SOON, then),
    }
}

/// A key went down anywhere in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// `KeyboardEvent.key`: the character, or a name such as `Escape`.
    pub key: String,
    /// Control, Meta or Alt is down: not typing.
    pub command: bool,
    /// The focus is in a field that takes text.
    pub typing: bool,
    /// Held down and repeating.
    pub repeat: bool,
}

/// Hears every key. Return true to keep it from the browser.
pub fn on_key(hear: impl Fn(Key) -> bool + 'static) -> Listener {
    Listener::global(&["keydown"], move |event: KeyboardEvent| {
        let key = Key {
            key: event.key(),
            command: event.ctrl_key() || event.meta_key() || event.alt_key(),
            typing: typing(),
            repeat: event.repeat(),
        };
        if hear(key) {
            event.prevent_default();
        }
    })
}

/// The focus is in a field that takes text: nothing may take it away.
pub fn typing() -> bool {
    document()
        .and_then(|document| document.active_element())
        .is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                || element.has_attribute("contenteditable")
        })
}

/// Hears the network come and go (as far as the browser knows).
pub fn on_network(hear: impl Fn(bool) + Clone + 'static) -> [Listener; 2] {
    let offline = hear.clone();
    [
        Listener::global(&["online"], move |_: Event| hear(true)),
        Listener::global(&["offline"], move |_: Event| offline(false)),
    ]
}

/// Hears the page being left.
pub fn on_leave(hear: impl Fn() + 'static) -> Listener {
    Listener::global(&["pagehide"], move |_: PageTransitionEvent| hear())
}

/// Hears the page coming back from the back/forward cache.
pub fn on_return(hear: impl Fn() + 'static) -> Listener {
    Listener::global(&["pageshow"], move |event: PageTransitionEvent| {
        if event.persisted() {
            hear();
        }
    })
}

/// The agent has touched this page: it may sound. Browsers that do not say so ask for nothing here.
pub fn touched() -> bool {
    reflect::get(&window().navigator(), "userActivation")
        .and_then(|activation| reflect::get(&activation, "hasBeenActive"))
        .is_none_or(|touched| touched.as_bool() == Some(true))
}

/// Hears the agent's first touches of the page: what a browser wants before it lets a page sound.
pub fn on_gesture(hear: impl Fn() + Clone + 'static) -> [Listener; 2] {
    let key = hear.clone();
    [
        Listener::global(&["pointerup"], move |_: Event| hear()),
        Listener::global(&["keydown"], move |_: Event| key()),
    ]
}
