//! Who is signed in.

use std::fmt;

use super::Json;

/// A session of the companion server (`protocol::session::Session`). Redacted in Debug.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// The account's name.
    pub name: String,
    /// Their `AppUserId`; none for somebody without a phone.
    pub agent: Option<String>,
    /// What a page inside a frame shows in place of a cookie.
    pub token: Option<String>,
}

impl Session {
    /// `None` if this is not what a companion server says.
    pub fn read(json: &impl Json) -> Option<Self> {
        Some(Self {
            name: json.text("name")?,
            agent: json.text("agent"),
            token: json.text("token"),
        })
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Session([redacted])")
    }
}
