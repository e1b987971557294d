//! The program that takes noise out of the microphone's sound. `www/denoise-worklet.js` runs it in the browser's audio thread,
//! where there is no glue to help: it passes numbers alone, and samples through a piece of memory that both know.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg_attr(
    target_arch = "wasm32",
    expect(unreachable_pub, reason = "what JavaScript is given is `pub`")
)]

#[cfg(target_arch = "wasm32")]
mod program {
    use std::cell::RefCell;

    use noise::{Guard, Load, Suppressor};
    use softphone::web::export;

    /// Samples at a time; Web Audio's quantum is 128.
    const LARGEST: usize = 2_048;

    struct State {
        suppressor: Suppressor,
        guard: Guard,
        samples: Box<[f32; LARGEST]>,
    }

    thread_local! {
        static STATE: RefCell<State> = RefCell::new(State {
            suppressor: Suppressor::default(),
            guard: Guard::default(),
            samples: Box::new([0.0; LARGEST]),
        });
    }

    /// Where the samples are handed over.
    #[export]
    pub fn samples() -> *const f32 {
        STATE.with_borrow(|state| state.samples.as_ptr())
    }

    /// Cleans so many samples where they stand.
    #[export]
    pub fn clean(count: usize) {
        STATE.with_borrow_mut(|state| {
            if let Some(samples) = state.samples.get_mut(..count) {
                state.suppressor.process(samples);
            }
        });
    }

    /// A piece of sound took so long, both in ms; true when this machine has not the time for it.
    #[export]
    pub fn spent(sound: f64, time: f64) -> bool {
        STATE.with_borrow_mut(|state| state.guard.step(sound, time) == Load::TooMuch)
    }
}

/// It exists only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
