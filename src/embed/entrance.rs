//! Signing in where a form could not work: other sites' cookies may be blocked inside a frame. A button opens a window of the
//! phone's own address; there the person is known, and it hands the frame a ticket. The page around sees none of it.

use protocol::Secret;
use serde::{Deserialize, Serialize};

use super::LONGEST_LETTER;

/// What the window says to the frame that has opened it. Not shown in Debug: it holds a ticket.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Handed {
    /// The person is known.
    SoftphoneTicket {
        /// Of this very opening.
        nonce: String,
        /// Good once, in that frame.
        ticket: Secret,
    },
}

/// How far it is.
///
/// ```text
///  Away ◄──────────── somebody is signed in, from any
///   │ nobody is
///   ▼
///  Offered ──press──► Open ──ticket──► Brought
///   ▲ ▲ └─ blocked       │ closed         │ refused
///   │ └──────────────────┘                │
///   └─────────────────────────────────────┘
/// ```
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Entrance {
    /// Nobody has to sign in.
    #[default]
    Away,
    /// The button is there, perhaps with what went wrong.
    Offered(Option<Trouble>),
    /// The window is open.
    Open {
        /// This opening's own.
        nonce: String,
    },
    /// The window has handed a ticket over, and the server is looking at it.
    Brought,
}

/// Why nobody is signed in after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The browser opened no window.
    Blocked,
    /// The window was closed too soon.
    Closed,
    /// The server did not take the ticket.
    Refused,
}

impl Trouble {
    /// What happened and what to do.
    #[must_use]
    pub fn words(self) -> &'static str {
        use crate::language::t;
        match self {
            Self::Blocked => {
                t("The browser opened no window. Allow this page to open windows, and try again.")
            }
            Self::Closed => t("The window was closed before you were signed in. Try again."),
            Self::Refused => t("The server did not let this page in. Try again."),
        }
    }
}

impl Entrance {
    /// Nobody is signed in; `told` says that it came unasked, or that a ticket was refused.
    pub fn signed_out(&mut self, told: bool) {
        match self {
            Self::Away => *self = Self::Offered(None),
            Self::Brought if told => *self = Self::Offered(Some(Trouble::Refused)),
            Self::Offered(_) | Self::Open { .. } | Self::Brought => {}
        }
    }

    /// Somebody is being signed in by other means, or may be signed in.
    pub fn in_doubt(&mut self) {
        match self {
            Self::Offered(_) => *self = Self::Away,
            Self::Away | Self::Open { .. } | Self::Brought => {}
        }
    }

    /// Somebody is signed in.
    pub fn signed_in(&mut self) {
        *self = Self::Away;
    }

    /// The button was pressed, and the window opened under this nonce; `None` if the browser refused.
    pub fn pressed(&mut self, nonce: Option<String>) {
        *self = match nonce {
            Some(nonce) => Self::Open { nonce },
            None => Self::Offered(Some(Trouble::Blocked)),
        };
    }

    /// The window has gone.
    pub fn closed(&mut self) {
        match self {
            Self::Open { .. } => *self = Self::Offered(Some(Trouble::Closed)),
            Self::Away | Self::Offered(_) | Self::Brought => {}
        }
    }

    /// The window, and nobody else, has said this: the ticket, if it is for this opening.
    pub fn hear(&mut self, text: &str) -> Option<Secret> {
        let Self::Open { nonce } = self else { return None };
        if text.len() > LONGEST_LETTER {
            return None;
        }
        let Handed::SoftphoneTicket { nonce: shown, ticket } = serde_json::from_str(text).ok()?;
        (shown == *nonce).then(|| {
            *self = Self::Brought;
            ticket
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(nonce: &str) -> String {
        format!("{{\"softphoneTicket\":{{\"nonce\":\"{nonce}\",\"ticket\":\"t\"}}}}")
    }

    #[test]
    fn a_ticket_comes_once_and_under_the_nonce_of_its_opening() {
        let mut entrance = Entrance::default();
        assert!(entrance.hear(&letter("n")).is_none(), "nobody has asked");
        entrance.signed_out(false);
        assert_eq!(entrance, Entrance::Offered(None));
        entrance.pressed(Some("n".into()));
        for other in [
            letter(""),
            letter("m"),
            "{}".into(),
            "x".repeat(LONGEST_LETTER + 1),
        ] {
            assert!(entrance.hear(&other).is_none());
        }
        let ticket = entrance.hear(&letter("n"));
        assert_eq!(ticket.as_ref().map(Secret::reveal), Some("t"));
        assert!(entrance.hear(&letter("n")).is_none(), "a second time");
        // The page says so while it asks the server, and then that it came to nothing.
        entrance.in_doubt();
        entrance.signed_out(false);
        assert_eq!(entrance, Entrance::Brought);
        entrance.signed_out(true);
        assert_eq!(entrance, Entrance::Offered(Some(Trouble::Refused)));
        entrance.signed_in();
        assert_eq!(entrance, Entrance::Away);
    }

    #[test]
    fn a_window_that_does_not_open_or_is_closed_is_told() {
        let mut entrance = Entrance::Offered(None);
        entrance.pressed(None);
        assert_eq!(entrance, Entrance::Offered(Some(Trouble::Blocked)));
        entrance.pressed(Some("n".into()));
        entrance.signed_out(true);
        entrance.closed();
        assert_eq!(entrance, Entrance::Offered(Some(Trouble::Closed)));
        entrance.in_doubt();
        entrance.closed();
        assert_eq!(entrance, Entrance::Away);
    }
}
