//! The device on which the platform rings an agent.

use serde::{Deserialize, Serialize};

use super::Json;

/// One of an agent's devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Device {
    /// Their telephone.
    Phone,
    /// This browser.
    Browser,
}

impl Device {
    /// The word on the wire (`protocol::phone::DeviceName`).
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Browser => "sip",
        }
    }

    /// Reads a `protocol::phone::DeviceState`: the one that rings, or none.
    pub fn active(state: &impl Json) -> Option<Self> {
        let word = state.text("active")?;
        [Self::Phone, Self::Browser]
            .into_iter()
            .find(|device| device.word() == word)
    }

    /// Reads a `protocol::event::Event::Device`: the one that rings now, or none; `None` if it is of another agent.
    pub fn switched(event: &impl Json, agent: &str) -> Option<Option<Self>> {
        let switched = event.get("device")?;
        (switched.text("agent")? == agent).then(|| Self::active(&switched.get("device")?))
    }
}
