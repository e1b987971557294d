//! The wallboard.

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::call::CallView;
use crate::phone::DeviceName;

/// `GET /api/admin/floor`: every agent who has an account here, by name. After it, the events `call` and
/// `device` keep it fresh; who is signed in is told by asking anew, every half a minute and after `lost`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// The agents.
    pub agents: Vec<AgentOnFloor>,
    /// When this was so.
    pub at: Millis,
}

/// An agent, now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentOnFloor {
    /// Their account's name.
    pub name: String,
    /// Their `AppUserId`.
    pub agent: String,
    /// What they are doing.
    pub state: AgentState,
    /// The device that rings, as far as we have heard; none if all are off.
    pub device: Option<DeviceName>,
    /// Whether we have heard which device rings.
    pub device_known: bool,
    /// Whether a call would reach them, as far as we know.
    pub reachable: Reach,
    /// The call they are in.
    pub call: Option<CallView>,
    /// Their last rated call.
    pub last_rating: Option<LastRating>,
    /// When the last call ended.
    pub last_call_ended: Option<Millis>,
}

/// What an agent is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentState {
    /// Not signed in here.
    Away,
    /// Signed in, and in no call.
    Free,
    /// A call rings.
    Ringing,
    /// In a call.
    Talking,
    /// The last call ended less than the policy's wrap-up time ago.
    WrappingUp,
}

/// Whether a call would reach an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// A browser of theirs listens, or their telephone is on.
    Yes,
    /// Their browser is to ring, and none listens; or all devices are off.
    No,
    /// Nothing was heard of their devices yet.
    Unknown,
}

/// What an agent said of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRating {
    /// The call.
    pub sid: String,
    /// 1 terrible to 5 excellent.
    pub rating: u8,
    /// When.
    pub at: Millis,
}
