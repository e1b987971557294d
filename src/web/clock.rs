//! The host's clock and its timer.

use std::cell::Cell;

use phone::Millis;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use super::listener::{Callback, callback};

// Page and worker have these under different interfaces, but by the same global names.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = performance)]
    type Performance;
    #[wasm_bindgen(static_method_of = Performance, js_class = performance, getter, js_name = timeOrigin)]
    fn time_origin() -> f64;
    #[wasm_bindgen(static_method_of = Performance, js_class = performance, js_name = now)]
    fn since_origin() -> f64;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, delay: f64) -> i32;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: i32);
}

/// The longest delay `setTimeout` takes before it wraps to zero.
const LONGEST: f64 = 2_147_483_647.0;

/// Milliseconds since the epoch on the monotonic clock, fractions kept.
pub fn exact() -> f64 {
    origin() + Performance::since_origin()
}

/// The same in whole milliseconds, as the kernel takes it.
pub fn now() -> Millis {
    exact() as Millis
}

/// When this page or worker began, on the same clock.
pub(super) fn origin() -> f64 {
    Performance::time_origin()
}

/// One timeout at a time: setting it again replaces it, dropping it stops it.
pub struct Timer {
    /// Zero while not set, which no timeout is.
    set: Cell<i32>,
    callback: Callback,
}

impl Timer {
    /// A timer that runs `fire`; not set yet.
    pub fn new(mut fire: impl FnMut() + 'static) -> Self {
        Self {
            set: Cell::new(0),
            callback: callback(Box::new(move |_| fire())),
        }
    }

    /// Fires once at `at`, or never for `None`. A time gone by fires as soon as possible.
    pub fn set(&self, at: Option<Millis>) {
        self.clear();
        let Some(at) = at else { return };
        let delay = (at as f64 - exact()).clamp(0.0, LONGEST).ceil();
        self.set.set(set_timeout(self.callback.as_ref(), delay));
    }

    fn clear(&self) {
        clear_timeout(self.set.take());
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
    set_timeout(done, f64::from(ms).min(LONGEST));
}
