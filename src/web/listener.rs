//! An event listener that is removed when it is dropped.

use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

// By hand, without the errors of web-sys: they come only from a malformed target, which the type rules out.
#[wasm_bindgen]
extern "C" {
    type Target;
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn add(this: &Target, name: &str, callback: &JsValue);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    fn remove(this: &Target, name: &str, callback: &JsValue);
}

/// What the browser calls. One signature for all, since each costs code here and in the glue.
pub(super) type Callback = Closure<dyn FnMut(JsValue)>;

/// A function of ours for the browser.
pub(super) fn callback(call: Box<dyn FnMut(JsValue)>) -> Callback {
    Closure::wrap(call)
}

/// Holds a listener on a target; Drop removes it. May be dropped from inside its own callback.
#[must_use = "dropping it removes the listener"]
pub struct Listener {
    target: Target,
    names: &'static [&'static str],
    callback: Callback,
}

impl Listener {
    /// Listens for `names` on `target`. `E` must be the events' interface.
    pub(super) fn new<E: JsCast + 'static>(
        target: &EventTarget,
        names: &'static [&'static str],
        mut hear: impl FnMut(E) + 'static,
    ) -> Self {
        let hear = Box::new(move |event: JsValue| hear(event.unchecked_into()));
        Self::with(target.clone().unchecked_into(), names, hear)
    }

    /// Listens on the global scope, page or worker.
    pub(super) fn global<E: JsCast + 'static>(
        names: &'static [&'static str],
        hear: impl FnMut(E) + 'static,
    ) -> Self {
        Self::new(js_sys::global().unchecked_ref(), names, hear)
    }

    /// Not generic, so that it is there once.
    fn with(target: Target, names: &'static [&'static str], hear: Box<dyn FnMut(JsValue)>) -> Self {
        let callback = callback(hear);
        for name in names {
            target.add(name, callback.as_ref());
        }
        Self {
            target,
            names,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        for name in self.names {
            self.target.remove(name, self.callback.as_ref());
        }
    }
}
