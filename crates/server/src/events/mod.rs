//! The log: one writer, one follower per node, and the streams that browsers read.
//!
//! ```text
//! handler -> Writer (batches) -> Store::commit -> wake -> follower reads the log -> Hub -> inboxes -> streams
//! ```
//! The follower is the only way from the log to a stream, on the node that wrote as on any other. It also polls, so a
//! lost wake-up costs time and never an event. A stream is a cursor over the log: its inbox is only a speed-up, and what
//! an inbox does not hold the stream reads from the log itself.

mod cursor;
mod follower;
mod frame;
mod hub;
mod inbox;
mod reader;
mod stream;
mod writer;

pub use hub::Hub;
pub use stream::stream;
pub use writer::Writer;
