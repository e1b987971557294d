//! The words for how a call, or one leg of it, went.

use crate::word::words;

words! {
    /// Whether more is to come.
    pub enum CallState {
        /// Not over, or over and still being processed.
        Active = "active",
        /// Over and processed.
        Terminal = "terminal",
    }
}

words! {
    /// Version 1's words, for a call and for each leg. A call is `completed` even if nobody answered its second leg.
    pub enum CallStatus {
        /// Waits to be dialled.
        Queued = "queued",
        /// Rings.
        Ringing = "ringing",
        /// Goes on.
        InProgress = "in-progress",
        /// Ended after an answer.
        Completed = "completed",
        /// The other side was busy or rejected it.
        Busy = "busy",
        /// Could not be placed.
        Failed = "failed",
        /// Nobody answered.
        NoAnswer = "no-answer",
        /// Given up before an answer.
        Canceled = "canceled",
    }
}

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
