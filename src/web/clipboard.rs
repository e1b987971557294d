//! What the person copies.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page::window;
use super::reflect;

/// Puts a text on the clipboard; false where the browser does not let us.
pub async fn copy(text: &str) -> bool {
    let write = || {
        let clipboard = reflect::get(&window().navigator(), "clipboard")?;
        let promise = reflect::method(&clipboard, "writeText")?.call1(&clipboard, &JsValue::from_str(text));
        promise.ok()?.dyn_into::<Promise>().ok()
    };
    match write() {
        Some(writing) => JsFuture::from(writing).await.is_ok(),
        None => false,
    }
}
