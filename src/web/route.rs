//! Where a sound comes out, and where one goes in: the choice in force, read whenever it is needed (`src/devices.rs`).

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{memory, reflect, spawn};
use crate::devices::{IN_FORCE, Role};

/// A line of the choice in force; empty for the system's own device.
pub(super) fn chosen(line: usize) -> String {
    let text = memory::text(IN_FORCE).unwrap_or_default();
    text.split('\n').nth(line).unwrap_or_default().to_owned()
}

/// Sends the sound of an element or an audio context to the device of `role`. Where the browser has no choice of devices, or
/// the device is gone, it comes out where the system says.
pub(super) fn route(sound: &JsValue, role: Role) {
    let set = reflect::method(sound, "setSinkId");
    let id = JsValue::from_str(&chosen(role.line()));
    if let Some(Ok(promise)) = set.map(|set| set.call1(sound, &id)) {
        let routed = JsFuture::from(js_sys::Promise::from(promise));
        spawn(async move {
            let _ = routed.await;
        });
    }
}
