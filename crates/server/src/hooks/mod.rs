//! What the vendor sends: `/hooks/{secret}/{kind}`.
//!
//! ```text
//! request -> door (secret, Basic) -> read -> kept body, facts, news -> one Write -> 200
//! ```
//! | file | holds |
//! |---|---|
//! | [`door`] | whether it comes from the platform |
//! | `receive` | the handler |
//! | `body` | reading at most 64 KiB |
//! | `kept` | a webhook as it is kept: without secrets |
//! | `greenpin` | what happened to an allocation |
//! | `push` | call data for an agent's device |
//! | `agents` | which agent an address is |
//! | `install` | where the account is to send its webhooks, and where it does |
//! | `replay` | taking a kept webhook in once more |
//!
//! An address out of a payload is never fetched, a recording's neither.

mod agents;
mod body;
pub mod door;
mod greenpin;
mod install;
mod kept;
mod push;
mod receive;
mod replay;

pub use agents::Agents;
pub use install::{compare, shown, wanted};
pub use kept::hidden;
pub(crate) use receive::no_basic;
pub use receive::receive;
pub use replay::{find, replay};
