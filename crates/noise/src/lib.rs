//! Takes noise out of a microphone's sound. Pure: samples in, samples out; the browser runs it in an audio worklet, whose
//! quanta (128 samples) are no divisor of the model's frames (480 samples, 10 ms at 48 kHz).

mod guard;
mod suppressor;

pub use guard::{Guard, Load};
pub use suppressor::{LATENCY, RATE, Suppressor};
