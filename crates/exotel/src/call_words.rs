//! Words for a call and its legs that webhooks and call details share.

use crate::word::words;

words! {
    /// Whether a call is over (seed: integrations-api, `CallState`; version 3 of call details).
    pub enum CallState {
        /// The call is not over, or its data is still being processed.
        Active = "active",
        /// The call is over and processed; nothing reopens it.
        Terminal = "terminal",
    }
}

words! {
    /// The state of a call or of one leg: version 1 of call details, applets, click-to-call. A call is `completed` even if
    /// nobody answered its second leg.
    pub enum CallStatus {
        /// Waits to be dialled.
        Queued = "queued",
        /// The phone rings.
        Ringing = "ringing",
        /// Both sides talk.
        InProgress = "in-progress",
        /// They talked; it is over.
        Completed = "completed",
        /// The phone was busy, or the call rejected.
        Busy = "busy",
        /// The network could not connect it.
        Failed = "failed",
        /// Nobody answered.
        NoAnswer = "no-answer",
        /// The caller gave up first.
        Canceled = "canceled",
    }
}
