//! What a host may ask of the phone.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::{EventName, Look, Ringing};
use crate::Secret;

/// A command with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// The host's number of it, one for each.
    pub id: u32,
    /// What is asked.
    pub ask: Ask,
}

/// A command. Where it names a call it means that one alone; without, the call there is. Redacted in Debug.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Ask {
    /// Call a number in any form a person writes, or a SIP address. Done once there is a call.
    Dial {
        /// Whom.
        number: String,
    },
    /// Answer the call that rings, in this frame. Done once it is connected.
    Answer {
        /// Which.
        #[serde(default)]
        call: Option<u32>,
    },
    /// Refuse the call that rings.
    Decline {
        /// Which.
        #[serde(default)]
        call: Option<u32>,
    },
    /// End the call, however far it is.
    HangUp {
        /// Which.
        #[serde(default)]
        call: Option<u32>,
    },
    /// Put the customer on hold, or take them back.
    Hold {
        /// On hold or not.
        on: bool,
        /// Which.
        #[serde(default)]
        call: Option<u32>,
    },
    /// Stop sending the agent's voice, or send it again.
    Mute {
        /// Silent or not.
        on: bool,
        /// Which.
        #[serde(default)]
        call: Option<u32>,
    },
    /// Send digits: `0-9 A-D * #`, one after another.
    Digits {
        /// Which digits.
        digits: String,
        /// Which call.
        #[serde(default)]
        call: Option<u32>,
    },
    /// Measure for a second how the call sounds. Done in the frame that has its audio.
    Statistics {
        /// Which call.
        #[serde(default)]
        call: Option<u32>,
    },
    /// Have the platform ring this device of the agent's. Done once the platform has said so.
    Device {
        /// Which.
        ringing: Ringing,
    },
    /// Ready for calls in this browser, or not: the device `browser`, or `nothing`.
    Available {
        /// Ready or not.
        available: bool,
    },
    /// Keep a note of a call, in the place of the one before.
    Note {
        /// The platform's id of the call.
        sid: String,
        /// The text, at most 10,000 characters.
        text: String,
        /// A word of the configured list; empty for none.
        #[serde(default)]
        disposition: String,
    },
    /// Put a number into the field where the agent dials, and no more.
    Fill {
        /// Whom.
        number: String,
    },
    /// The host writes calls into its CRM from now on, or no longer: it is told of each that is due.
    Log {
        /// From now on or no longer.
        on: bool,
    },
    /// A call is in the CRM.
    Logged {
        /// The call.
        sid: String,
        /// The CRM's id of what was written.
        reference: String,
    },
    /// A call is not in the CRM. It is told again later.
    LogFailed {
        /// The call.
        sid: String,
        /// Why, for an admin.
        words: String,
    },
    /// Sign the agent in by a ticket.
    SignIn {
        /// Good once.
        ticket: Secret,
    },
    /// Look like this from now on.
    Look {
        /// How.
        look: Look,
    },
    /// Tell of these alone from now on; of all for an empty list.
    Subscribe {
        /// Which.
        events: Vec<EventName>,
    },
    /// Say how things stand.
    Snapshot {},
}

impl Ask {
    /// Every command's name on the wire.
    pub const NAMES: [&'static str; 19] = [
        "dial",
        "answer",
        "decline",
        "hangUp",
        "hold",
        "mute",
        "digits",
        "statistics",
        "device",
        "available",
        "note",
        "fill",
        "log",
        "logged",
        "logFailed",
        "signIn",
        "look",
        "subscribe",
        "snapshot",
    ];

    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Dial { .. } => "dial",
            Self::Answer { .. } => "answer",
            Self::Decline { .. } => "decline",
            Self::HangUp { .. } => "hangUp",
            Self::Hold { .. } => "hold",
            Self::Mute { .. } => "mute",
            Self::Digits { .. } => "digits",
            Self::Statistics { .. } => "statistics",
            Self::Device { .. } => "device",
            Self::Available { .. } => "available",
            Self::Note { .. } => "note",
            Self::Fill { .. } => "fill",
            Self::Log { .. } => "log",
            Self::Logged { .. } => "logged",
            Self::LogFailed { .. } => "logFailed",
            Self::SignIn { .. } => "signIn",
            Self::Look { .. } => "look",
            Self::Subscribe { .. } => "subscribe",
            Self::Snapshot {} => "snapshot",
        }
    }
}

impl fmt::Debug for Ask {
    /// The name alone: numbers, digits, notes and tickets are nobody else's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ask").field(&self.name()).finish()
    }
}
