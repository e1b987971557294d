//! An agent's phone, as far as the server has a hand in it.
//!
//! | file | holds |
//! |---|---|
//! | [`setup`] | what a phone needs before it can ring: account, servers, ICE, features |
//! | [`device`] | which of an agent's devices rings |
//! | [`numbers`] | what a person typed, as it is dialled; pure |
//! | [`turn`] | a TURN credential; pure |
//! | [`masking`] | which readers see whole numbers; pure |

pub mod device;
pub mod masking;
pub mod numbers;
pub mod setup;
pub mod turn;
