//! What the companion server says, read into plain values. Pure: the browser's JSON and a test's are read by the same code.
//!
//! The server's types are in `crates/protocol`; the tests here write those and read them back. The page does not link them:
//! reading field by field is a few KB less than a deserialiser for each type, and a word of a newer server is no error.

mod caller;
mod device;
mod history;
mod json;
pub mod news;
mod patience;
mod placement;
mod policy;
mod presence;
mod problem;
mod session;
mod setup;

pub use ::phone::Outcome;
pub use caller::{Caller, Customer};
pub use device::Device;
pub use history::{History, Note, Past};
pub use json::Json;
pub use patience::Patience;
pub use placement::Placement;
pub use policy::{Policy, WrapUp};
pub use presence::Presence;
pub use problem::Problem;
pub use session::Session;
pub use setup::{Features, IceServer, Setup};

/// The header that every change carries (`protocol::CHANGE_HEADER`).
pub const CHANGE_HEADER: &str = "softphone-request";

#[cfg(test)]
#[path = "companion/tests.rs"]
mod tests;
