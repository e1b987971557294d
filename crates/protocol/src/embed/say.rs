//! What the frame says to its host.

use serde::{Deserialize, Serialize};

use super::{Call, Event, Fault, Ringing, Snapshot, Statistics};
use crate::Millis;

/// A message on the port, frame to host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ToHost {
    /// The hello was right. The first message.
    Welcome {
        /// The version that both speak.
        version: u32,
        /// How things stand.
        snapshot: Box<Snapshot>,
    },
    /// The command was understood and is on its way.
    Ack {
        /// Which.
        id: u32,
    },
    /// It is done.
    Done {
        /// Which.
        id: u32,
        /// With this.
        outcome: Outcome,
    },
    /// It was not done.
    Failed {
        /// Which; none for a message whose number could not be read.
        id: Option<u32>,
        /// Why.
        fault: Fault,
    },
    /// Something has changed.
    Event {
        /// One more than that of the event before; 1 after a welcome.
        seq: u32,
        /// What.
        event: Event,
    },
}

/// What came of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It is done, and there is no more to say.
    Nothing,
    /// The call as it is now.
    Call(Call),
    /// What the platform rings now.
    Ringing(Ringing),
    /// The note as it is kept.
    Note(SavedNote),
    /// How things stand.
    Snapshot(Box<Snapshot>),
    /// How the call sounds.
    Statistics(Statistics),
}

/// A note as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SavedNote {
    /// The text.
    pub text: String,
    /// A word of the configured list; empty for none.
    pub disposition: String,
    /// When it was written.
    pub updated_at: Millis,
}
