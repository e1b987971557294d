//! The phone kernel: one registration, one current call, recovery. Pure: time, entropy, sockets and media come in as
//! [`Input`]s and leave as [`Output`]s, and both serialise, so a recorded session replays byte for byte.
//!
//! ```text
//! phone.handle(now, input);                    // mutate once
//! while let Some(output) = phone.poll() { … }  // then drain
//! ```
//!
//! Where to look: `link` has the registration's states and `retry` its waits; `call/phase` has the call's states,
//! `call/exchange` the offers within it, `call/recovery` lost audio, `call/placing` calls through the platform; `line` is
//! the stream of a companion server's news, `call/told` what they mean for a call; `phone` passes inputs between them and the SIP
//! user agent. `tests/stories` tells what holds, one line a step.
//!
//! What holds whatever happens:
//!
//! - [`LinkView::Ready`] is shown only while a 200 OK on the present socket has not expired.
//! - At most one call; another INVITE is refused as busy and noted as missed.
//! - Nothing is answered without a click but our own leg of a call the agent placed, known by its sid or by the server's word.
//! - One popup, one call and one missed entry for each sid, whichever of INVITE and news comes first, and however often.
//! - A call lives longer than the socket: only its far end, its agent, its page or its audio end it.
//! - A page that was asked for media is asked to close it, once the call is over or belongs to another page.
//! - Nothing waits for ever: pages have 10 s, ringing has 60 s, renewing audio has 60 s, ENDING has 4 s; a call through
//!   the platform 100 s for the reply, 120 s for its leg; an announced caller 60 s.
//! - A refused password is tried once.
//! - No part of a number that the agent may not see gets into a view: not with the name, not with the address.

mod agent;
mod book;
mod call;
pub mod command;
mod deadline;
mod dial;
mod entropy;
pub mod fault;
pub mod input;
mod line;
mod link;
mod mask;
pub mod media;
pub mod news;
pub mod output;
mod phone;
mod retry;
mod server;
pub mod view;

pub use command::{Account, Command};
pub use fault::{EndReason, LinkFault, MediaFault};
pub use input::{Input, Numbers, SocketEvent};
pub use media::{Direction, MediaEvent, MediaRequest};
pub use news::{LegReport, News, Outcome, Stage, StreamEvent};
pub use output::{Mark, Output};
pub use phone::Phone;
pub use view::{CallState, CallView, LinkView, NewsLine, View};

/// Names one call for the life of the worker. Never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct CallId(pub u32);

/// Names one attached page (tab or widget) for the life of the worker. Never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct PageId(pub u32);

/// Milliseconds since the Unix epoch on the host's monotonic clock (`performance.timeOrigin + performance.now()`).
pub type Millis = u64;
