//! What became of a call the platform was asked to place (design §4).

use super::Json;

/// The server's answer (`protocol::call::Placement`).
#[derive(Clone, PartialEq, Eq)]
pub enum Placement {
    /// The platform took it.
    Placed {
        /// Its id of the call.
        sid: String,
    },
    /// The platform said no.
    Refused {
        /// A sentence.
        message: String,
        /// The vendor's own words; may be empty.
        vendor: String,
    },
    /// Nobody knows: the phone may still ring.
    Unknown,
}

impl Placement {
    /// What cannot be read is not known.
    pub fn read(json: &impl Json) -> Self {
        if let Some(sid) = json.get("placed").and_then(|placed| placed.text("sid")) {
            return Self::Placed { sid };
        }
        match json.get("refused") {
            Some(refused) => Self::Refused {
                message: refused.text("message").unwrap_or_default(),
                vendor: refused.text("vendor").unwrap_or_default(),
            },
            None => Self::Unknown,
        }
    }
}
