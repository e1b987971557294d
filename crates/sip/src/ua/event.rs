//! What the user agent tells its host.

use core::fmt;

use crate::header::{NameAddr, Reason};
use crate::message::Headers;

/// Names one call within one [`crate::UserAgent`]. Never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u32);

/// One thing for the host to do, in order.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant)] // moved once, from queue to host
pub enum Output {
    /// Send this as one text frame (RFC 7118 §5): a SIP message, or CRLF keep-alive.
    Send(String),
    /// Something happened.
    Event(Event),
}

/// Why a registration attempt ended without a binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterError {
    /// The credentials were refused after one fresh try.
    WrongPassword,
    /// No challenge offered an algorithm we compute.
    UnsupportedAuth,
    /// Any other final response.
    Refused {
        /// Status code, 300-699.
        status: u16,
        /// The server's own words.
        phrase: String,
        /// Seconds the server asks us to wait (RFC 3261 §20.33).
        retry_after: Option<u32>,
    },
    /// No final response within 32 s, or a binding that ran out while its refresh went unanswered.
    NoAnswer,
    /// The flow was lost while the server's answer was awaited.
    FlowLost,
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndCause {
    /// The far end refused our INVITE with this final response (a redirection too: its Contact is in `headers`).
    Rejected {
        /// Status code, 300-699.
        status: u16,
        /// The server's own words.
        phrase: String,
        /// The response's headers, e.g. Contact of a 3xx, Warning, Retry-After.
        headers: Headers,
    },
    /// We refused their INVITE with this status.
    Declined {
        /// Status code, 300-699.
        status: u16,
    },
    /// The caller gave up before an answer: they or we.
    Cancelled,
    /// The far end hung up.
    Bye,
    /// We hung up.
    LocalBye,
    /// Our 200 OK was not acknowledged within 32 s.
    NoAck,
    /// No response at all in time, or the INVITE's own Expires ran out.
    TimedOut,
    /// A request within the call was answered 408 or 481: the far end no longer knows it.
    Gone {
        /// 408 or 481.
        status: u16,
    },
    /// The flow was lost before the call was answered.
    FlowLost,
    /// The credentials were refused after one fresh try.
    WrongPassword,
    /// No challenge offered an algorithm we compute.
    UnsupportedAuth,
    /// The far end agreed to the call without any session description.
    NoSdp,
}

/// Why a command could not be obeyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallError {
    /// No flow is up.
    NoFlow,
    /// No such call, or it has ended.
    UnknownCall,
    /// The call's state does not allow it now.
    WrongState,
    /// The status is not one that may be sent here.
    BadStatus,
    /// A header name or value that may not stand in a message.
    BadHeader,
    /// Not a DTMF digit (`0-9 A-D * #`).
    BadDigit,
}

/// Something the host may want to know.
#[derive(Clone, PartialEq)]
#[allow(clippy::large_enum_variant)] // as above
pub enum Event {
    /// A 200 OK to REGISTER arrived on this flow.
    Registered {
        /// Seconds granted.
        expires: u32,
    },
    /// Registration, or its refresh, failed. Nothing is retried until the host calls `register` again.
    RegisterFailed(RegisterError),
    /// The binding was removed on our request.
    Unregistered,
    /// Keep-alive unanswered: the host should drop the socket and open another.
    FlowDead,
    /// A call for us. 100 Trying has been sent; the host calls `ring`, `answer` or `reject`.
    Incoming {
        /// The new call.
        id: CallId,
        /// The caller.
        from: NameAddr,
        /// Whom they asked for.
        to: NameAddr,
        /// Their session description; `None` asks us to offer in `answer`.
        offer: Option<String>,
        /// Every header of the INVITE, readable by name.
        headers: Headers,
    },
    /// A provisional response above 100 to our INVITE.
    Progress {
        /// The call.
        id: CallId,
        /// 101-199.
        status: u16,
        /// Early media.
        sdp: Option<String>,
        /// Every header of the response.
        headers: Headers,
    },
    /// Our INVITE was answered; ACK has been sent.
    Answered {
        /// The call.
        id: CallId,
        /// Their answer.
        sdp: String,
        /// Every header of the 200 OK.
        headers: Headers,
    },
    /// Their ACK to our 200 OK arrived.
    Confirmed {
        /// The call.
        id: CallId,
        /// Their answer, when our 200 OK carried the offer.
        sdp: Option<String>,
    },
    /// They want to change the session; the host calls `accept_reoffer` or `reject_reoffer`.
    Reoffer {
        /// The call.
        id: CallId,
        /// Their offer; `None` asks us to offer in `accept_reoffer`.
        sdp: Option<String>,
    },
    /// Our re-offer (by re-INVITE, or in the 200 OK to an empty one) was answered.
    Reanswered {
        /// The call.
        id: CallId,
        /// Their answer.
        sdp: String,
    },
    /// An offer in flight came to nothing: ours was refused (also 491 when theirs overtook it), or theirs was withdrawn
    /// (487) before we answered. The session is as it was.
    ReofferFailed {
        /// The call.
        id: CallId,
        /// Final status; 408 without any answer, 503 when the flow was lost.
        status: u16,
    },
    /// An INFO arrived (already answered 200).
    Info {
        /// The call.
        id: CallId,
        /// Its Content-Type.
        content_type: String,
        /// Its body.
        body: String,
    },
    /// Our INFO got its final response.
    InfoDone {
        /// The call.
        id: CallId,
        /// Final status; 408 without any answer, 503 when the flow was lost.
        status: u16,
    },
    /// The call is over; its id is unknown from now on.
    Ended {
        /// The call.
        id: CallId,
        /// How it ended.
        cause: EndCause,
        /// RFC 3326 reasons the far end gave.
        reason: Vec<Reason>,
    },
}

impl fmt::Debug for Event {
    /// Names and ids only: bodies and headers carry phone numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, id) = match self {
            Self::Registered { expires } => return write!(f, "Registered({expires})"),
            Self::RegisterFailed(error) => return write!(f, "RegisterFailed({error:?})"),
            Self::Unregistered => return f.write_str("Unregistered"),
            Self::FlowDead => return f.write_str("FlowDead"),
            Self::Incoming { id, .. } => ("Incoming", id),
            Self::Progress { id, status, .. } => return write!(f, "Progress({}, {status})", id.0),
            Self::Answered { id, .. } => ("Answered", id),
            Self::Confirmed { id, .. } => ("Confirmed", id),
            Self::Reoffer { id, .. } => ("Reoffer", id),
            Self::Reanswered { id, .. } => ("Reanswered", id),
            Self::ReofferFailed { id, status } => return write!(f, "ReofferFailed({}, {status})", id.0),
            Self::Info { id, .. } => ("Info", id),
            Self::InfoDone { id, status } => return write!(f, "InfoDone({}, {status})", id.0),
            Self::Ended { id, cause, .. } => return write!(f, "Ended({}, {})", id.0, cause.name()),
        };
        write!(f, "{name}({})", id.0)
    }
}

impl EndCause {
    /// The variant's name, for logs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Rejected { .. } => "Rejected",
            Self::Declined { .. } => "Declined",
            Self::Cancelled => "Cancelled",
            Self::Bye => "Bye",
            Self::LocalBye => "LocalBye",
            Self::NoAck => "NoAck",
            Self::TimedOut => "TimedOut",
            Self::Gone { .. } => "Gone",
            Self::FlowLost => "FlowLost",
            Self::WrongPassword => "WrongPassword",
            Self::UnsupportedAuth => "UnsupportedAuth",
            Self::NoSdp => "NoSdp",
        }
    }
}
