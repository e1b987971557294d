//! Calls over a GreenPin allocation: a caller, a virtual number, a pin, and whoever is behind it.
//!
//! Both ends are scripted phones, so such a call is only moments: the pin is asked for and checked, the other party's
//! phone rings, they talk. No clock, no media.

mod admission;
mod calls;
#[cfg(test)]
mod tests;

pub(crate) use admission::{Admission, Asked, admit};
pub(crate) use calls::{PinCalls, PinMoment, PinSaid};
