//! What a component asks of the screen it is drawn on: the focus, the paint, the width.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, MessageChannel, ResizeObserver};

use super::listener::{Callback, callback};
use super::page::{document, typing, window};
use super::reflect;

/// Somebody is in the middle of typing: the focus is in a field with text in it.
pub fn has_draft() -> bool {
    typing()
        && focused().is_none_or(|field| {
            reflect::get(&field, "value").is_none() || !reflect::text(&field, "value").is_empty()
        })
}

/// The focus is on something that takes Enter itself; an empty field has no use for it.
pub fn on_control() -> bool {
    has_draft()
        || focused().is_some_and(|element| matches!(element.tag_name().as_str(), "BUTTON" | "A" | "SUMMARY"))
}

fn focused() -> Option<Element> {
    document()?.active_element()
}

/// Runs `then` once what is now in the document has been painted: in the task after the next frame. Never in a hidden tab.
pub fn after_paint(then: impl FnOnce() + 'static) {
    let Ok(channel) = MessageChannel::new() else {
        return;
    };
    // A message is the soonest task there is after the paint; timers are rounded up.
    let painted = Closure::once_into_js(then);
    channel.port1().set_onmessage(Some(painted.unchecked_ref()));
    let port = channel.port2();
    let frame = Closure::once_into_js(move || {
        let _ = port.post_message(&JsValue::NULL);
    });
    let _ = window().request_animation_frame(frame.unchecked_ref());
}

/// There is room for a second column.
pub fn is_wide() -> bool {
    window()
        .match_media("(min-width: 56rem)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Hears an element change its size, also by being shown. Dropping it ends that.
pub fn on_resize(element: &Element, mut hear: impl FnMut() + 'static) -> Resizes {
    let heard = callback(Box::new(move |_| hear()));
    let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(element);
    }
    Resizes {
        observer,
        _heard: heard,
    }
}

/// See [`on_resize`].
pub struct Resizes {
    observer: Option<ResizeObserver>,
    _heard: Callback,
}

impl Drop for Resizes {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// The focus is in a field that takes text.
pub fn in_text() -> bool {
    typing()
}

/// Gives the focus to the first element in `within` that fits the selector, once what is being drawn is there.
pub fn focus_soon(within: HtmlElement, selector: String) {
    let give = Closure::once_into_js(move || {
        let found = within.query_selector(&selector).ok().flatten();
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _ = found.focus();
        }
    });
    let _ = window().request_animation_frame(give.unchecked_ref());
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}
