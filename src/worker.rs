//! The worker. `www/worker-boot.js` loads it; each page that attaches arrives as a `connect` event on the global scope,
//! whose first port is the page's, in a shared and in a dedicated worker alike. The listener must be there when `main`
//! returns.

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::{JsCast, closure::Closure};

    let connected = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(|event: web_sys::MessageEvent| {
        if let Ok(port) = event.ports().get(0).dyn_into::<web_sys::MessagePort>() {
            port.start();
        }
    });
    let scope: web_sys::EventTarget = js_sys::global().unchecked_into();
    // Lives as long as the worker.
    let listener = connected.into_js_value();
    if scope.add_event_listener_with_callback("connect", listener.unchecked_ref()).is_err() {
        web_sys::console::error_1(&"no global scope to listen on".into());
    }
}

/// The worker exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
