//! The host's clock and its timer.

use std::cell::RefCell;

use phone::Millis;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Performance, WorkerGlobalScope};

use super::reflect;

thread_local! {
    // Fetched once: every mark and every input asks for it.
    static PERFORMANCE: Performance = reflect::get(&js_sys::global(), "performance")
        .unwrap_or(JsValue::UNDEFINED)
        .unchecked_into();
}

/// The longest delay `setTimeout` takes before it wraps to zero.
const LONGEST: f64 = 2_147_483_647.0;

/// Milliseconds since the epoch on the monotonic clock, fractions kept.
pub fn exact() -> f64 {
    PERFORMANCE.with(|performance| performance.time_origin() + performance.now())
}

/// The same in whole milliseconds, as the kernel takes it.
pub fn now() -> Millis {
    exact() as Millis
}

pub(super) fn performance<R>(use_it: impl FnOnce(&Performance) -> R) -> R {
    PERFORMANCE.with(use_it)
}

/// Page and worker have the same timer functions under different interfaces; calls go by name.
fn scope() -> WorkerGlobalScope {
    JsValue::from(js_sys::global()).unchecked_into()
}

/// One timeout at a time: setting it again replaces it, dropping it stops it.
pub struct Timer {
    set: RefCell<Option<i32>>,
    closure: Closure<dyn FnMut()>,
}

impl Timer {
    /// A timer that runs `fire`; not set yet.
    pub fn new(fire: impl FnMut() + 'static) -> Self {
        Self {
            set: RefCell::new(None),
            closure: Closure::new(fire),
        }
    }

    /// Fires once at `at`, or never for `None`. A time gone by fires as soon as possible.
    pub fn set(&self, at: Option<Millis>) {
        self.clear();
        let Some(at) = at else { return };
        let delay = (at as f64 - exact()).clamp(0.0, LONGEST).ceil() as i32;
        let callback = self.closure.as_ref().unchecked_ref();
        let id = scope().set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay);
        *self.set.borrow_mut() = id.ok();
    }

    fn clear(&self) {
        if let Some(id) = self.set.borrow_mut().take() {
            scope().clear_timeout_with_handle(id);
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Waits so many milliseconds.
pub async fn sleep(ms: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| after(ms, &resolve));
    let _ = JsFuture::from(promise).await;
}

/// Calls `done` in so many milliseconds.
pub(super) fn after(ms: u32, done: &js_sys::Function) {
    let delay = i32::try_from(ms).unwrap_or(i32::MAX);
    let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(done, delay);
}
