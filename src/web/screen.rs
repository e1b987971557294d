//! What a component asks of the screen it is drawn on: the focus, the paint, the width.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MessageChannel};

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

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}
