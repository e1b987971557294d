//! The log: one writer, one follower per node, and the streams that browsers read.
//!
//! ```text
//! handler -> Writer (batches) -> Store::commit -> wake -> follower reads the log -> Hub -> streams
//! ```
//! The follower is the only way from the log to a stream, on the node that wrote as on any other. It also polls, so a
//! lost wake-up costs time and never an event.

mod hub;
mod stream;
mod writer;

pub use hub::Hub;
pub use stream::stream;
pub use writer::Writer;
