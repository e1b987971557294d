//! What is known of a call. Pure: no clock, no store.
//!
//! Every source (webhooks, the agent's own phone, call details, our own placing) gives [`Facts`]. Facts are *joined*:
//! in any order, with any repeats, the result is the same, so nothing that comes late can undo what is known, and what
//! was missing is filled in. How the call stands is computed from the facts, never kept beside them.

mod evidence;
mod facts;
mod told;
mod verdict;

pub use evidence::{
    addresses_in, of_details, of_hook, of_hook_so_far, of_leg_report, of_placement, of_silence,
};
pub use facts::{AgentFacts, Ending, Facts, Leg};
pub use told::{Source, Told};
