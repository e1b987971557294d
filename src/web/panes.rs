//! The panes' program, seen from the page, and the elements it draws into.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::page::document;
use super::port::Ends;
use super::reflect;

/// The element above dial pad and call.
pub const ABOVE: &str = "pane-above";
/// The element below the call.
pub const CALL: &str = "pane-call";
/// The element below the dial pad.
pub const BELOW: &str = "pane-below";
/// The line below the field *Number*.
pub const NUMBER: &str = "pane-number";
/// The element of past calls, beside the phone or below it.
pub const DESK: &str = "pane-desk";
/// The element beside the phone.
pub const BESIDE: &str = "pane-beside";

/// In the page: has `www/boot.js` fetch and start the panes anew, and gives the port to them. What cannot be said in messages,
/// that they did not load or have broken down, comes in plain words. `None` where the boot file did not run.
pub fn open() -> Option<Ends> {
    let boot = reflect::get(&js_sys::global(), "softphone")?;
    let port = reflect::method(&boot, "panes")?.call0(&boot).ok()?;
    port.dyn_into().ok()
}

/// In the page: the port to the link, which the boot file has started inside a frame.
pub fn link() -> Option<Ends> {
    let boot = reflect::get(&js_sys::global(), "softphone")?;
    reflect::get(&boot, "link")?.dyn_into().ok()
}

/// In the panes: puts a text into an element of the page, if it is there.
pub fn write(id: &str, text: &str) {
    if let Some(element) = element(id) {
        element.set_text_content(Some(text));
    }
}

/// In the panes: an element that the page keeps for them.
pub fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}
