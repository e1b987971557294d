//! Who is signed in.

use super::Json;

/// A session of the companion server (`protocol::session::Session`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The account's name.
    pub name: String,
    /// Their `AppUserId`; none for somebody without a phone.
    pub agent: Option<String>,
}

impl Session {
    /// `None` if this is not what a companion server says.
    pub fn read(json: &impl Json) -> Option<Self> {
        Some(Self {
            name: json.text("name")?,
            agent: json.text("agent"),
        })
    }
}
