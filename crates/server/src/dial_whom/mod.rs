//! The question that a caller waits for: whom to connect.
//!
//! ```text
//! question -> keys (message, caller, called) -> the store, until the deadline -> the answer
//!                                                └ nothing, an error, too late -> the fallback
//! ```
//! A caller hears silence meanwhile, so an answer comes at the deadline whatever the store does. Nothing is written on
//! the way: a question is counted, not logged, because the webhooks that follow tell the call's story.

mod answer;
mod key;
mod question;

pub use answer::{Answered, Source, answer};
pub use key::{index_key, keys_of, same_subscriber};
pub use question::{Form, ask, ask_for};
