//! A panic is told before the instance dies (`panic = "abort"`: nothing runs after the hook).

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{SharedWorkerGlobalScope, console};

/// Runs `tell` with where and why, once, and writes it to the console.
pub fn hook(tell: impl Fn(&str) + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |info| {
        let text = info.to_string();
        console::error_1(&JsValue::from_str(&text));
        tell(&text);
    }));
}

/// Closes the worker, so that the next page starts a new one instead of finding a dead one.
pub fn close_worker() {
    let scope: SharedWorkerGlobalScope = JsValue::from(js_sys::global()).unchecked_into();
    scope.close();
}
