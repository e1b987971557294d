//! An event listener that is removed when it is dropped.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

/// Holds a listener on a target; Drop removes it. May be dropped from inside its own callback.
#[must_use = "dropping it removes the listener"]
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens for `name` on `target`. `E` must be the event's interface.
    pub(super) fn new<E: JsCast + 'static>(
        target: &EventTarget,
        name: &'static str,
        mut hear: impl FnMut(E) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| hear(event.unchecked_into()));
        // Fails only for a malformed target, which the type rules out.
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Self {
            target: target.clone(),
            name,
            closure,
        }
    }

    /// Listens on the global scope, page or worker.
    pub(super) fn global<E: JsCast + 'static>(name: &'static str, hear: impl FnMut(E) + 'static) -> Self {
        let global: JsValue = js_sys::global().into();
        Self::new(global.unchecked_ref(), name, hear)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
    }
}
