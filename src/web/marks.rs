//! The timeline that tests and benches read (`performance.mark`, design.md §9).

use js_sys::Object;
use phone::Mark;
use wasm_bindgen::JsValue;

use super::{clock, reflect};

/// Marks this moment.
pub fn mark(name: &str) {
    clock::performance(|performance| {
        // Fails only for the names of PerformanceTiming, none of which is ours.
        let _ = performance.mark(name);
    });
}

/// Marks a moment of the recent past, in milliseconds since the epoch; another thread's clock is welcome.
pub fn mark_at(name: &str, epoch: f64) {
    clock::performance(|performance| {
        // Clocks of page and worker may disagree by a hair; a negative start would be refused.
        let start = (epoch - performance.time_origin()).clamp(0.0, performance.now());
        let options = Object::new();
        reflect::set(&options, "startTime", &JsValue::from_f64(start));
        if let Some(mark) = reflect::method(performance, "mark") {
            let _ = mark.call2(performance, &JsValue::from_str(name), &options);
        }
    });
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
