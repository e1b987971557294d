//! The event stream: `GET /events`, server-sent events.
//!
//! Each event is `id: <epoch>-<seq>`, `event: <name>` and `data: <JSON of [`Event`]>`. A stream that is opened with
//! `Last-Event-ID` (or `?after=`) replays what came since. `event: lost` says that the log no longer reaches back so far:
//! read the calls anew, then go on from its id. A comment comes every 20 s when nothing else does.

use serde::{Deserialize, Serialize};

use crate::admin::jobs::JobNews;
use crate::admin::policy::PolicyNews;
use crate::call::CallView;
use crate::phone::DeviceState;
use crate::{Millis, Secret};

/// Something that happened. Named as in the stream's `event:` line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A call began, changed or ended.
    Call(CallView),
    /// An agent's device was switched.
    Device {
        /// Whose: their `AppUserId`.
        agent: String,
        /// The vendor's answer.
        device: DeviceState,
    },
    /// Call data of a push notification, to be handed on as it is.
    Push {
        /// The subscriber.
        subscriber: String,
        /// Opaque. Empty for supervisors and admins: whoever has it could take the call.
        payload: Secret,
        /// The version of the payload's own scheme.
        version: String,
    },
    /// A GreenPin allocation changed or was used.
    GreenPin(GreenPinNews),
    /// A job of an admin moved on. For supervisors and admins.
    Job(JobNews),
    /// The policy changed, for everybody: ask for the phone's set-up anew.
    Policy(PolicyNews),
    /// The log no longer holds what the reader missed.
    Lost {
        /// The oldest moment that can still be replayed.
        since: Millis,
    },
}

impl Event {
    /// The `event:` line's word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Call(_) => "call",
            Self::Device { .. } => "device",
            Self::Push { .. } => "push",
            Self::GreenPin(_) => "green_pin",
            Self::Job(_) => "job",
            Self::Policy(_) => "policy",
            Self::Lost { .. } => "lost",
        }
    }
}

/// What happened to an allocation. Without pins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GreenPinNews {
    /// The allocation; empty where the platform does not say (a wrong pin).
    pub greenpin_id: String,
    /// What happened.
    pub what: GreenPinHappened,
    /// The call, if there was one.
    pub call_sid: String,
    /// When we heard.
    pub at: Millis,
}

/// The four GreenPin events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GreenPinHappened {
    /// A call over it is over.
    CallCompleted,
    /// It was given back.
    Deallocated,
    /// An unregistered caller gave the right pin.
    Verified,
    /// An unregistered caller gave a wrong pin.
    VerificationFailed,
}
