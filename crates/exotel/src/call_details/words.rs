//! The words for how a call ended.

use crate::word::words;

words! {
    /// Version 3's words for how a call ended.
    pub enum CallOutcome {
        /// Both sides talked.
        Completed = "completed",
        /// The agent's device did not answer.
        FromLegUnanswered = "from_leg_unanswered",
        /// The customer did not answer, or rejected.
        ToLegUnanswered = "to_leg_unanswered",
        /// The agent hung up while the customer's side rang.
        FromLegCancelled = "from_leg_cancelled",
        /// The customer could not be dialled.
        ToLegNoDial = "to_leg_no_dial",
        /// The agent could not be dialled.
        FromLegNoDial = "from_leg_no_dial",
    }
}
