//! Properties and methods web-sys has no stable binding for.

use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// The property, or `None` where it is undefined or null.
pub(super) fn get(target: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(target, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// The method, or `None` where there is none.
pub(super) fn method(target: &JsValue, name: &str) -> Option<Function> {
    get(target, name)?.dyn_into().ok()
}

/// A new object of the class of that name, or `None` where there is none.
pub(super) fn construct(target: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    Reflect::construct(&method(target, name)?, &arguments.iter().collect()).ok()
}

/// Sets a property of an object we made ourselves; that cannot fail.
pub(super) fn set(target: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(target, &JsValue::from_str(name), value);
}

/// `error.name`, as DOMException and Error both have it.
pub(super) fn text(target: &JsValue, name: &str) -> String {
    get(target, name)
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// A copy of the bytes of a buffer or of an array of bytes.
pub(super) fn bytes(data: &JsValue) -> Vec<u8> {
    Uint8Array::new(data).to_vec()
}
