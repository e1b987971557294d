//! Web Locks: held for as long as a page lives, whatever ends it.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use super::listener::{Callback, callback};
use super::reflect;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], catch)]
    fn request(name: &str, granted: &JsValue) -> Result<(), JsValue>;
}

/// Waits for a lock to be let go. Dropping it, nothing is heard of it any more.
#[must_use = "dropping it ends the waiting"]
pub struct Waiting {
    _granted: Callback,
}

/// Calls `free` once whoever holds the lock now has let it go, and lets it go again at once. Never where the browser has no
/// Web Locks.
pub fn when_free(name: &str, mut free: impl FnMut() + 'static) -> Waiting {
    let granted = callback(Box::new(move |_lock| free()));
    let _ = request(name, granted.as_ref());
    Waiting { _granted: granted }
}

/// A lock held. Dropping it lets it go.
#[must_use = "dropping it releases the lock"]
pub struct Held {
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        resolve(self.release.as_ref());
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
        resolve(grant.as_ref());
        until
    });
    request.call2(&locks, &JsValue::from_str(name), &callback).ok()?;
    JsFuture::from(granted).await.ok()?;
    Some(Held { release })
}

fn resolve(function: Option<&Function>) {
    if let Some(function) = function {
        let _ = function.call0(&JsValue::UNDEFINED);
    }
}

/// A promise and the function that resolves it.
fn promise() -> (Promise, Option<Function>) {
    let mut kept = None;
    let promise = Promise::new(&mut |resolve, _| kept = Some(resolve));
    (promise, kept)
}
