//! How a page of another site uses the phone that it shows in a frame.
//!
//! ```text
//! host page, embed.js                                frame, the phone
//!   ◄──────────── Ready: versions, nonce ──────────────  postMessage to the exact origin around the frame
//!   ──── Hello: version, nonce, origin, look ─────────►  postMessage to the phone's exact origin, with a MessagePort
//!
//!   ◄──────────── Welcome: how things stand ───────────  on that port from here on
//!   ──── Asked: id, what ─────────────────────────────►
//!   ◄──────────── Ack: id ─────────────────────────────  at once
//!   ◄──────────── Done or Failed: id ──────────────────  once it is known
//!   ◄──────────── Event: seq, what happened ───────────  numbered from 1 without a gap
//! ```
//!
//! Everything is JSON text. The nonce is the frame's and good for one hello: what was said to an earlier load of the frame
//! opens nothing. A frame that is loaded anew says `Ready` anew, and its `Welcome` holds all there is to know.
//!
//! Names are written as JavaScript writes them. A reader skips fields that it does not know; a command that the frame does
//! not know is refused by name.

mod ask;
mod event;
mod fault;
mod hello;
mod log;
mod picture;
mod say;
mod statistics;
#[cfg(test)]
mod typescript;

pub use ask::{Ask, Asked};
pub use event::{Event, EventName, SignInWanted};
pub use fault::{Fault, FaultCode};
pub use hello::{Hello, Knock, Look, Ready};
pub use log::LogEntry;
pub use picture::{Agent, Call, Ended, EndedBy, Phone, PhoneState, Ringing, Snapshot, State};
pub use say::{Outcome, SavedNote, ToHost};
pub use statistics::Statistics;

/// The version of the protocol that this page speaks.
pub const VERSION: u32 = 1;

/// The longest message that is read, in bytes of its text.
pub const LONGEST: usize = 64 * 1024;
