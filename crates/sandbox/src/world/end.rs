//! One side of a call.

use super::places::LegNo;

/// A phone, or the call's own machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// A dialog with a phone.
    Leg(LegNo),
    /// The call's machine; a call has at most one.
    Machine,
}
