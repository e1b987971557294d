//! Web Locks: held for as long as a page lives, whatever ends it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;

use super::reflect;

/// A lock held. Dropping it lets it go.
#[must_use = "dropping it releases the lock"]
pub struct Held {
    release: Function,
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// Waits until the lock is ours. `None` where the browser has no Web Locks (or no secure context).
pub async fn acquire(name: &str) -> Option<Held> {
    let navigator = reflect::get(&js_sys::global(), "navigator")?;
    let locks = reflect::get(&navigator, "locks")?;
    let request = reflect::method(&locks, "request")?;

    let (until, release) = promise();
    let (granted, grant) = promise();
    // The browser keeps the lock until the promise the callback returns is resolved.
    let callback = Closure::once_into_js(move |_lock: JsValue| {
        let _ = grant.call0(&JsValue::UNDEFINED);
        until
    });
    request.call2(&locks, &JsValue::from_str(name), &callback).ok()?;
    JsFuture::from(granted).await.ok()?;
    Some(Held { release })
}

/// A promise and the function that resolves it.
fn promise() -> (Promise, Function) {
    let kept = Rc::new(RefCell::new(Function::default()));
    let promise = Promise::new(&mut |resolve, _| *kept.borrow_mut() = resolve);
    let resolve = kept.take();
    (promise, resolve)
}
