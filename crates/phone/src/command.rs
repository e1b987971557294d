//! What an agent asks of the phone.

use serde::{Deserialize, Serialize};

use crate::CallId;

/// Where to register and as whom. Kept in memory only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// WebSocket address of the SIP edge: `wss://host[:port]/path`, or `ws:` on a laptop.
    pub server: String,
    /// Further ones, tried in turn when it cannot be reached.
    pub spares: Vec<String>,
    /// SIP address: `sip:user@domain`, or `user@domain`.
    pub address: String,
    /// Digest user name where it differs from the address's user part.
    pub auth_user: Option<String>,
    /// Shown to the far end.
    pub display_name: Option<String>,
    /// Digest password; redacted in Debug.
    pub password: String,
}

/// What a page sends on the agent's behalf. The sending page's id travels beside it (see [`crate::Input`]).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Sign in; replaces any account in use (a live call is hung up first).
    Connect(Account),
    /// Sign out: unregister, close the socket, forget the password.
    Disconnect,
    /// Retry at once instead of waiting for the next attempt.
    Retry,
    /// Call a number or SIP URI. Refused with a notice while a call is up.
    Dial(String),
    /// Call a number through the platform. The kernel then says [`crate::Output::Place`]; the sending page owns the call.
    Place {
        /// One for each click; a repeat of it places nothing new.
        key: String,
        /// The number, in any form a person writes.
        number: String,
    },
    /// The platform took the call placed under this key: its leg to us comes with this id, or is here already.
    Placed {
        /// The click.
        key: String,
        /// The platform's id of the call.
        sid: String,
    },
    /// The platform, or the server, said no.
    PlaceRefused {
        /// The click.
        key: String,
        /// Why, for the agent.
        words: String,
    },
    /// No readable answer came: the phone may still ring.
    PlaceUnknown {
        /// The click.
        key: String,
        /// What happened, for the agent.
        words: String,
    },
    /// Answer the ringing call; the sending page owns its media.
    Answer(CallId),
    /// Refuse the ringing call (486).
    Decline(CallId),
    /// End the call in whatever state it is.
    HangUp(CallId),
    /// Stop or resume sending our voice; local only.
    Mute(CallId, bool),
    /// Hold or resume, by re-INVITE.
    Hold(CallId, bool),
    /// One DTMF digit: `0-9 A-D * #`.
    Digit(CallId, char),
    /// Take the ended call off the screen.
    Dismiss(CallId),
    /// Mark all missed calls as seen.
    MissedSeen,
}

impl Command {
    /// The call that it can only mean while it is the current one.
    pub(crate) const fn call(&self) -> Option<CallId> {
        match self {
            Self::Answer(id)
            | Self::Decline(id)
            | Self::HangUp(id)
            | Self::Mute(id, _)
            | Self::Hold(id, _)
            | Self::Digit(id, _) => Some(*id),
            Self::Connect(_)
            | Self::Disconnect
            | Self::Retry
            | Self::Dial(_)
            | Self::Place { .. }
            | Self::Placed { .. }
            | Self::PlaceRefused { .. }
            | Self::PlaceUnknown { .. }
            | Self::Dismiss(_)
            | Self::MissedSeen => None,
        }
    }
}

impl core::fmt::Debug for Account {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Account")
            .field("server", &self.server)
            .field("address", &"[redacted]")
            .finish_non_exhaustive()
    }
}

impl core::fmt::Debug for Command {
    /// Without what was dialled and which digits were pressed: numbers and card PINs.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (name, call) = match self {
            Self::Connect(account) => return f.debug_tuple("Connect").field(account).finish(),
            Self::Disconnect => return f.write_str("Disconnect"),
            Self::Retry => return f.write_str("Retry"),
            Self::Dial(_) => return f.write_str("Dial([redacted])"),
            Self::Place { .. } => return f.write_str("Place([redacted])"),
            Self::Placed { sid, .. } => return f.debug_tuple("Placed").field(sid).finish(),
            Self::PlaceRefused { .. } => return f.write_str("PlaceRefused"),
            Self::PlaceUnknown { .. } => return f.write_str("PlaceUnknown"),
            Self::MissedSeen => return f.write_str("MissedSeen"),
            Self::Answer(call) => ("Answer", call),
            Self::Decline(call) => ("Decline", call),
            Self::HangUp(call) => ("HangUp", call),
            Self::Mute(call, true) => ("Mute", call),
            Self::Mute(call, false) => ("Unmute", call),
            Self::Hold(call, true) => ("Hold", call),
            Self::Hold(call, false) => ("Resume", call),
            Self::Digit(call, _) => ("Digit", call),
            Self::Dismiss(call) => ("Dismiss", call),
        };
        f.debug_tuple(name).field(&call.0).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_keeps_secrets_and_numbers() {
        let account = Account {
            server: String::from("wss://sandbox.test"),
            spares: Vec::new(),
            address: String::from("sip:+918040408080@sandbox.test"),
            auth_user: Some(String::from("asha-auth")),
            display_name: None,
            password: String::from("s3cret"),
        };
        let commands = [
            Command::Connect(account),
            Command::Dial(String::from("+9180")),
            Command::Place {
                key: String::from("k"),
                number: String::from("+9180"),
            },
            Command::Digit(CallId(1), '7'),
        ];
        let text = format!("{commands:?}");
        for secret in ["s3cret", "9180", "asha", "7"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
