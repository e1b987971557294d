//! What goes wrong between this page and the companion server.

use std::borrow::Cow;

use super::{Notice, ended, one_line};
use crate::companion::{Json, Problem};
use crate::language::{fill, served};

/// No answer to a question that is asked again by itself.
pub const UNREACHABLE: Notice = Notice::problem(
    "The server cannot be reached.",
    "It may be down, or this computer has no network.",
    "Nothing to do: the page keeps trying.",
);

/// The browser is asked to ring before it may.
pub const SHIFT_FIRST: Notice = Notice::problem(
    "Start the shift first.",
    "This browser may not ring yet, or not use the microphone.",
    "Press Start shift: calls ring here from then on.",
);

/// No answer to something the agent did.
pub const NOT_HEARD: Notice = Notice::problem(
    "The server did not answer.",
    "It may be down, or this computer has no network.",
    "Check your network and try again.",
);

/// An answer that is none of our server's.
pub const NOT_UNDERSTOOD: Notice = Notice::problem(
    "The server's answer could not be read.",
    "A proxy in between may be answering in its place.",
    "Try again in a moment; tell your administrator if it lasts.",
);

/// The vendor's account has no VoIP.
pub const NO_VOIP: Notice = Notice::problem(
    "This account cannot take calls in the browser.",
    "The platform has no SIP account for you.",
    "Let calls ring your telephone, or ask your administrator to turn VoIP on for this account.",
);

/// The setup names no server to register with.
pub const NO_EDGE: Notice = Notice::problem(
    "The phone does not know where to connect.",
    "The server's settings name no SIP server.",
    "Ask your administrator to add one to the server's settings.",
);

/// Signed out by somebody or something else, while no call is up.
pub const SESSION_ENDED: Notice = Notice::problem(
    "Your session has ended.",
    "You were signed out elsewhere, or it was not used for a long time.",
    "Sign in again.",
);

/// The same in the middle of a call.
pub const SESSION_ENDED_IN_CALL: Notice = Notice::problem(
    "Your session has ended.",
    "You were signed out elsewhere, or it was not used for a long time.",
    "The call goes on. Sign in again when it is over.",
);

/// Signed out here, and the server does not know it.
pub const NOT_SIGNED_OUT: Notice = Notice::problem(
    "You are signed out here, but the server could not be told.",
    "Until it has heard, the session of this browser goes on.",
    "Keep this page open: it keeps trying.",
);

/// A SIP address where only numbers may be called.
pub const NO_DIRECT_CALLS: Notice = Notice::problem(
    "Your account calls telephone numbers only.",
    "Calls to SIP addresses are switched off on the server.",
    "Enter a number, or ask your administrator to allow direct calls.",
);

impl From<&Problem> for Notice {
    /// The server's message says what to do as well.
    fn from(problem: &Problem) -> Self {
        Self {
            title: Cow::Owned(served(&one_line(&problem.message, 400))),
            why: problem.vendor.as_deref().map(platform_said),
            remedy: None,
        }
    }
}

/// Why the server refused, from the body of its answer.
pub fn refusal(said: &impl Json) -> Notice {
    Problem::read(said).map_or(NOT_UNDERSTOOD, |problem| Notice::from(&problem))
}

/// The vendor's own words, as somebody else's.
#[must_use]
pub fn platform_said(words: &str) -> Cow<'static, str> {
    Cow::Owned(fill("The platform said: {0}", &[&ended(one_line(words, 160))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(message: &str, vendor: Option<&str>) -> Notice {
        Notice::from(&Problem {
            code: "any".into(),
            message: message.into(),
            vendor: vendor.map(str::to_owned),
        })
    }

    #[test]
    fn the_servers_sentence_stands_and_the_vendor_is_quoted() {
        let notice = problem(
            "The device was not switched. Try again.",
            Some("Invalid DeviceName"),
        );
        assert_eq!(notice.title, "The device was not switched. Try again.");
        assert_eq!(
            notice.why.as_deref(),
            Some("The platform said: Invalid DeviceName.")
        );
        assert_eq!(problem("No.", None).why, None);
        assert_eq!(platform_said("Busy."), "The platform said: Busy.");
        assert!(platform_said(&"x".repeat(500)).ends_with('…'));
    }

    #[test]
    fn every_fault_says_why_and_what_to_do() {
        for notice in [
            UNREACHABLE,
            NOT_HEARD,
            NOT_UNDERSTOOD,
            NO_VOIP,
            NO_EDGE,
            SESSION_ENDED,
            SESSION_ENDED_IN_CALL,
            NOT_SIGNED_OUT,
            NO_DIRECT_CALLS,
        ] {
            let parts = [Some(&*notice.title), notice.why.as_deref(), notice.remedy];
            for part in parts {
                assert!(part.is_some_and(|text| text.ends_with('.')), "{notice:?}");
            }
        }
    }
}
