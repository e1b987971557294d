//! How a call sounds, judged from the counters a browser keeps for each connection (W3C webrtc-stats). Pure: no clock, no
//! browser; whoever owns the connection looks once a second and hands the totals in.
//!
//! ```text
//! Totals --two looks--> Second --+--> mos       what an ear would say
//!                                +--> Warnings  lasting trouble, with hysteresis
//!                                +--> OneWay    nothing arrives in one direction, and what to try
//!                                +--> Ledger    the whole call, for feedback and support
//! Judge: all of these for one call
//! ```

mod judge;
mod ledger;
pub mod mos;
mod one_way;
mod second;
mod totals;
mod warnings;

pub use judge::{Judge, Verdict};
pub use ledger::{Ledger, Summary};
pub use mos::Grade;
pub use one_way::{OneWay, Remedy, Signs, Step, Way};
pub use second::Second;
pub use totals::{FarSide, Inbound, Outbound, Totals};
pub use warnings::{Trouble, Warnings};
