//! The words webhooks use. Each enum keeps a word it does not know.

use crate::word::words;

words! {
    /// Who called whom; the platform has several words for each way.
    pub enum Direction {
        /// From a customer, as the popup says it.
        Inbound = "inbound",
        /// From a customer, as every other webhook says it.
        Incoming = "incoming",
        /// To a customer.
        Outbound = "outbound",
        /// The leg a call flow dialled.
        OutboundDial = "outbound-dial",
        /// A click-to-call.
        OutboundApi = "outbound-api",
    }
}

impl Direction {
    /// Whether a customer called.
    pub fn is_inbound(&self) -> bool {
        matches!(self, Self::Inbound | Self::Incoming)
    }
}

words! {
    /// `CallStatus` of a call notice. Inbound words speak of the agent, not of the call;
    /// outbound words come at the end.
    pub enum NoticeStatus {
        /// Inbound: the agent is being rung.
        Busy = "busy",
        /// Inbound: the agent is released; the call may have been answered, missed or rejected.
        Free = "free",
        /// Outbound: both sides talked.
        Completed = "completed",
        /// Outbound: the customer did not answer, or rejected.
        ToLegUnanswered = "to_leg_unanswered",
        /// Outbound: the agent's device did not take its leg.
        FromLegUnanswered = "from_leg_unanswered",
        /// Outbound: the agent hung up while the customer's phone rang.
        FromLegCancelled = "from_leg_cancelled",
        /// Outbound: the customer could not be dialled.
        ToLegNoDial = "to_leg_no_dial",
        /// Outbound: the agent could not be dialled.
        FromLegNoDial = "from_leg_no_dial",
    }
}

words! {
    /// `CallDetail` of a call notice: what just happened.
    pub enum CallDetail {
        /// The customer answered.
        Answered = "answered",
        /// The recording was closed.
        RecordingStopSuccess = "recording_stop_success",
        /// The call is over.
        Terminal = "terminal",
    }
}

words! {
    /// How far a call came in its flow (`CallType`, GreenPin's `call_type`).
    pub enum CallType {
        /// Nobody was connected, or not yet.
        CallAttempt = "call-attempt",
        /// Both sides talked.
        Completed = "completed",
        /// The caller hung up while the other side was dialled.
        ClientHangup = "client-hangup",
        /// Nobody picked up.
        Incomplete = "incomplete",
        /// The caller left a message.
        Voicemail = "voicemail",
    }
}
