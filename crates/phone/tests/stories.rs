//! The phone against a registrar and a far end that speak real SIP, on a virtual clock: one line, one step.

#![allow(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "the harness is test code too"
)]

#[path = "stories/flows.rs"]
mod flows;
#[path = "stories/given_up.rs"]
mod given_up;
#[path = "stories/hold.rs"]
mod hold;
#[path = "stories/incoming.rs"]
mod incoming;
#[path = "stories/line.rs"]
mod line;
#[path = "stories/link.rs"]
mod link;
#[path = "stories/masks.rs"]
mod masks;
#[path = "stories/outgoing.rs"]
mod outgoing;
#[path = "stories/page.rs"]
mod page;
#[path = "stories/pages.rs"]
mod pages;
#[path = "stories/platform.rs"]
mod platform;
#[path = "stories/recovery.rs"]
mod recovery;
#[path = "stories/replay.rs"]
mod replay;
#[path = "stories/server.rs"]
mod server;
#[path = "stories/steps.rs"]
mod steps;
#[path = "stories/told.rs"]
mod told;
#[path = "stories/walk.rs"]
mod walk;
#[path = "stories/world.rs"]
mod world;
