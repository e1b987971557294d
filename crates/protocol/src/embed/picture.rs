//! How the phone stands, as a host sees it. Numbers are as this agent may see them.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::call::Direction;

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// The phone's registration.
    pub phone: Phone,
    /// Who is signed in.
    pub agent: Option<Agent>,
    /// The call that rings or goes on.
    pub call: Option<Call>,
    /// The last one, until the agent takes it off the screen.
    pub ended: Option<Ended>,
    /// What the platform rings; none where it has not said.
    pub ringing: Option<Ringing>,
    /// Missed calls that the agent has not looked at.
    pub missed: u32,
}

/// The registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Phone {
    /// In a word.
    pub state: PhoneState,
    /// In a sentence, as the phone's own screen says it.
    pub words: String,
}

/// The registration in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PhoneState {
    /// Nobody is signed in.
    SignedOut,
    /// On its way.
    Connecting,
    /// Calls can come and go.
    Ready,
    /// Interrupted; tried again by itself.
    Waiting,
    /// The browser has no network; goes on by itself.
    Offline,
    /// Given up until somebody changes something.
    Refused,
    /// Its program has broken down: load the page anew.
    Stopped,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Agent {
    /// Their `AppUserId`; empty for somebody without a phone.
    pub id: String,
}

/// A device of the agent's, as the platform rings it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Ringing {
    /// This browser.
    Browser,
    /// Their telephone.
    Telephone,
    /// None: no call reaches them.
    Nothing,
}

/// How far a call is (seed: voice-client-sdk-guide §4.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Dialled, nothing heard yet.
    OutgoingInitiated,
    /// Early media before the answer.
    Early,
    /// The far end rings.
    Ringing,
    /// Answered by the far end, audio being set up.
    Connecting,
    /// Ringing here.
    Incoming,
    /// Accepted here, not yet up.
    Answering,
    /// Talking.
    Established,
    /// Audio lost, recovery about to run.
    MediaDisrupted,
    /// Audio being renewed.
    RenewingMedia,
    /// Hang-up under way.
    Ending,
}

/// A call. Redacted in Debug.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// This phone's number of it.
    pub id: u32,
    /// The platform's id, once it is known: the key to log a call by.
    pub sid: Option<String>,
    /// Who called whom.
    pub direction: Direction,
    /// The far end's name, where one was sent.
    pub name: Option<String>,
    /// Their number or address.
    pub number: String,
    /// The number that was called or called with, once it is known.
    pub virtual_number: Option<String>,
    /// How far it is.
    pub state: State,
    /// It can be answered now.
    pub can_answer: bool,
    /// Its audio is in this frame, not in another page of this browser.
    pub here: bool,
    /// The agent's voice is not sent.
    pub muted: bool,
    /// The customer is on hold.
    pub held: bool,
    /// The customer has put the agent on hold.
    pub held_by_customer: bool,
    /// When it was dialled or first rang.
    pub started_at: Millis,
    /// When it was connected.
    pub connected_at: Option<Millis>,
}

/// Whose doing the end of a call was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum EndedBy {
    /// The agent hung up, declined or gave up calling.
    Agent,
    /// The customer hung up, declined or gave up calling.
    Customer,
    /// Another device or person of ours took it.
    Elsewhere,
    /// Nobody answered, or the far end was busy.
    NoAnswer,
    /// It was not placed, or could not go on; the words say why.
    Trouble,
}

/// A call that is over. Redacted in Debug.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Ended {
    /// This phone's number of it.
    pub id: u32,
    /// The platform's id of it.
    pub sid: Option<String>,
    /// Who called whom.
    pub direction: Direction,
    /// The far end's name, where one was sent.
    pub name: Option<String>,
    /// Their number or address.
    pub number: String,
    /// Whose doing it was.
    pub by: EndedBy,
    /// Why, in a sentence.
    pub words: String,
    /// Seconds of talk; 0 if it was never connected.
    pub talked: u32,
    /// When it ended.
    pub ended_at: Millis,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Call");
        shown
            .field("id", &self.id)
            .field("sid", &self.sid)
            .field("state", &self.state);
        shown.finish_non_exhaustive()
    }
}

impl fmt::Debug for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Ended");
        shown
            .field("id", &self.id)
            .field("sid", &self.sid)
            .field("by", &self.by);
        shown.finish_non_exhaustive()
    }
}
