//! Where in the site this page is, and going elsewhere without loading it anew.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, MouseEvent};

use super::Listener;
use super::page::window;

/// The path of the address, as it is written there.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The fragment of the address, which is taken off it: what it carries is nobody else's business.
pub fn take_fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    if let Ok(history) = window().history()
        && !hash.is_empty()
    {
        let query = window().location().search().unwrap_or_default();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&[path(), query].concat()));
    }
    hash
}

/// Goes to a path of this site: the address changes, the page stays.
pub fn go(path: &str) {
    if let Ok(history) = window().history() {
        // Refused only for other sites' addresses.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Hears the browser's own *back* and *forward*.
pub fn on_move(hear: impl Fn() + 'static) -> Listener {
    Listener::global(&["popstate"], move |_: Event| hear())
}

/// Hears plain clicks on links whose path begins with `room`, which the browser then leaves alone. Links to files
/// (`download`), other windows and other sites are the browser's.
pub fn on_link(room: &'static str, hear: impl Fn(&str) + 'static) -> Listener {
    Listener::global(&["click"], move |event: MouseEvent| {
        let plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if !plain || event.default_prevented() {
            return;
        }
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|element| {
            element
                .closest("a[href]:not([download], [target])")
                .ok()
                .flatten()
        });
        if let Some(path) = link.and_then(|link| link.get_attribute("href"))
            && path.starts_with(room)
        {
            event.prevent_default();
            hear(&path);
        }
    })
}

/// A text as one segment of a path, or one value of a query.
pub fn segment(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The text that a segment of a path stands for.
pub fn unsegment(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}

/// Height of what the window shows, in CSS pixels.
pub fn height() -> f64 {
    window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or(900.0)
}
