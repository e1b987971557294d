//! Wakes one waiting task, or lets it wake by itself after a while.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::clock;

/// Shared by what happens (which rings) and one task that waits. A ring nobody waits for is forgotten: the waiter looks at
/// the state first and waits after.
#[derive(Default)]
pub(super) struct Bell {
    waiting: RefCell<Option<Function>>,
}

impl Bell {
    /// Wakes the waiting task, if any.
    pub(super) fn ring(&self) {
        if let Some(wake) = self.waiting.borrow_mut().take() {
            let _ = wake.call0(&JsValue::UNDEFINED);
        }
    }

    /// Waits for a ring, at most so many milliseconds.
    pub(super) async fn wait(&self, ms: u32) {
        let promise = Promise::new(&mut |resolve, _| {
            clock::after(ms, &resolve);
            *self.waiting.borrow_mut() = Some(resolve);
        });
        let _ = JsFuture::from(promise).await;
    }
}
