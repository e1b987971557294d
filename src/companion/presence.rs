//! Who answered a question about the session, and who is signed in.

use super::{Json, Problem, Session};

/// What an answer to `GET /api/session` means. Only a server's own word, or that of a place which clearly has no such
/// server, is final: a proxy whose server is down answers too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// Somebody is signed in.
    SignedIn(Session),
    /// There is a server, and nobody is signed in.
    Nobody,
    /// There is no companion server.
    Absent,
    /// Nobody can tell now: to be asked again.
    Unreachable,
}

impl Presence {
    /// Reads an answer with its HTTP status; what was said is `None`-like where it was no JSON.
    pub fn read(status: u16, said: &impl Json) -> Self {
        match status {
            200..=299 => Session::read(said).map_or(Self::Absent, Self::SignedIn),
            401 => Self::Nobody,
            404 | 405 if Problem::read(said).is_none() => Self::Absent,
            _ => Self::Unreachable,
        }
    }
}
