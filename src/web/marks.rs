//! The timeline that tests and benches read (`performance.mark`, design.md §9).

use js_sys::Object;
use phone::Mark;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{clock, reflect};

// Fails only for the names of PerformanceTiming, none of which is ours.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = mark)]
    fn mark_now(name: &str);
    #[wasm_bindgen(js_namespace = performance, js_name = mark)]
    fn mark_then(name: &str, options: &JsValue);
}

/// Marks this moment.
pub fn mark(name: &str) {
    mark_now(name);
}

/// Marks a moment of the recent past, in milliseconds since the epoch; another thread's clock is welcome.
pub fn mark_at(name: &str, epoch: f64) {
    // Clocks of page and worker may disagree by a hair; a negative start would be refused.
    let start = (epoch.min(clock::exact()) - clock::origin()).max(0.0);
    let options = Object::new();
    reflect::set(&options, "startTime", &JsValue::from_f64(start));
    mark_then(name, &options);
}

/// The name of a moment that comes from the kernel.
pub fn name(mark: Mark) -> &'static str {
    match mark {
        Mark::PhoneReady => "phone-ready",
        Mark::PhoneLost => "phone-lost",
        Mark::AnswerSent => "answer-sent",
        Mark::CallSent => "call-sent",
        Mark::Connected => "connected",
        Mark::Ended => "ended",
    }
}
