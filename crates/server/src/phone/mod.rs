//! An agent's phone, as far as the server has a hand in it.
//!
//! | file | holds |
//! |---|---|
//! | [`setup`] | what a phone needs before it can ring: account, servers, ICE, features |
//! | [`calls_seen`] | whose calls a reader may see |
//! | [`device`] | which of an agent's devices rings |
//! | [`numbers`] | what a person typed, as it is dialled; pure |
//! | [`placing`] | one click on *Call*, with [`clicks`] and [`rate`] |
//! | [`redaction`] | log lines without numbers; pure |
//! | [`turn`] | a TURN credential; pure |
//! | [`masking`] | which readers see whole numbers |

pub mod calls_seen;
pub mod clicks;
pub mod device;
pub mod masking;
pub mod numbers;
pub mod placing;
pub mod rate;
pub mod redaction;
pub mod setup;
pub mod turn;
