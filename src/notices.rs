//! What to tell a person about everything that can go wrong: what happened, why, and what to do.
//! Pure, so that every fault's sentence is tested without a browser.

pub mod companion;
pub mod devices;
mod quality;
pub mod readiness;

use std::borrow::Cow;

use phone::view::Refusal;
use phone::{EndReason, LinkFault, MediaFault};

use crate::language::{fill, marked};

/// One message to the agent. Every part is a whole sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub title: Cow<'static, str>,
    /// Why, where the title alone does not say it.
    pub why: Option<Cow<'static, str>>,
    /// What the agent can do; `None` when nothing needs doing.
    pub remedy: Option<&'static str>,
}

impl Notice {
    const fn plain(title: &'static str) -> Self {
        Self {
            title: Cow::Borrowed(title),
            why: None,
            remedy: None,
        }
    }

    const fn problem(title: &'static str, why: &'static str, remedy: &'static str) -> Self {
        Self {
            title: Cow::Borrowed(title),
            why: Some(Cow::Borrowed(why)),
            remedy: Some(remedy),
        }
    }

    /// True if the agent has something to do about it; such a notice stays until it is dismissed.
    #[must_use]
    pub const fn is_problem(&self) -> bool {
        self.remedy.is_some()
    }
}

/// In place of lists and panels whose program did not load or has broken down.
pub const PANES_STOPPED: Notice = Notice::problem(
    "This part of the page has stopped.",
    "What draws it could not be loaded, or broke down.",
    "The phone is not affected. Try again.",
);

/// Signing out takes them away.
pub const UNSAVED_NOTES: Notice = Notice::problem(
    "You have notes that are not saved.",
    "They are kept in this browser alone, and are deleted when you sign out.",
    "Stay to open and save them, or sign out without.",
);

/// The person, or a policy, has refused notifications.
pub const NOTIFICATIONS_BLOCKED: Notice = Notice::problem(
    "This site may not show notifications.",
    "They were blocked in the browser, so a call in a hidden tab can only be heard.",
    "Click the icon left of the page's address, allow notifications and try again.",
);

impl From<&LinkFault> for Notice {
    fn from(fault: &LinkFault) -> Self {
        match fault {
            LinkFault::BadServerAddress => Self::problem(
                "The server address is not valid.",
                "It has to be a WebSocket address such as wss://sip.example.com/ws.",
                "Correct the server address and connect again.",
            ),
            LinkFault::BadSipAddress => Self::problem(
                "The SIP address is not valid.",
                "It has to look like name@example.com.",
                "Correct the SIP address and connect again.",
            ),
            LinkFault::Unreachable => Self::problem(
                "The phone server cannot be reached.",
                "The address may be wrong, the server may be down, or its certificate is not trusted.",
                "Check the server address and your network; the phone keeps trying.",
            ),
            LinkFault::ClosedEarly => Self::problem(
                "The server closed the connection at once.",
                "It may not be a SIP server, or it does not accept this browser.",
                "Check the server address; the phone keeps trying.",
            ),
            LinkFault::Lost => Self::problem(
                "The connection to the phone server was lost.",
                "The network or the server was interrupted.",
                "Nothing to do: the phone reconnects by itself.",
            ),
            LinkFault::NoAnswer => Self::problem(
                "The phone server does not answer.",
                "It is reachable, but it did not reply to the registration.",
                "The phone keeps trying; tell your administrator if it lasts.",
            ),
            LinkFault::WrongPassword => Self::problem(
                "The user name or password is wrong.",
                "The server refused them, so the phone has stopped trying.",
                "Enter the password again, or choose another account.",
            ),
            LinkFault::UnsupportedAuth => Self::problem(
                "The server asks for a sign-in method this phone does not have.",
                "It offers neither MD5 nor SHA-256 digest authentication.",
                "Ask your administrator to allow digest authentication for this address.",
            ),
            LinkFault::Refused { status, phrase } => Self {
                title: Cow::Borrowed(marked("The server refused to register this phone.")),
                why: Some(quote(*status, phrase)),
                remedy: Some(match status {
                    403 | 404 => marked(
                        "Check the SIP address, or ask your administrator whether the account is active.",
                    ),
                    _ => marked("Try again in a moment; tell your administrator if it lasts."),
                }),
            },
        }
    }
}

impl From<&MediaFault> for Notice {
    fn from(fault: &MediaFault) -> Self {
        match fault {
            MediaFault::DeniedBySite => Self::problem(
                "This site may not use the microphone.",
                "Access was denied in the browser or by a policy.",
                "Click the icon left of the page's address, allow the microphone and try again.",
            ),
            MediaFault::DeniedBySystem => Self::problem(
                "The computer does not let the browser use the microphone.",
                "Access is switched off in the system's privacy settings.",
                "Allow the microphone for this browser in the system settings, then restart the browser.",
            ),
            MediaFault::InUse => Self::problem(
                "The microphone is in use by another program.",
                "The system lets only one program have it at a time.",
                "Close the other calling or recording program and try again.",
            ),
            MediaFault::NoDevice => Self::problem(
                "No microphone was found.",
                "The computer reports no device that can record sound.",
                "Plug in or switch on a headset and try again.",
            ),
            MediaFault::BlockedByEmbedder => Self::problem(
                "The page around this phone blocks the microphone.",
                "The phone is embedded in a page that does not grant it the microphone.",
                "Open the phone in its own tab, or ask the page's owner to add allow=\"microphone\".",
            ),
            MediaFault::Insecure => Self::problem(
                "The browser gives the microphone only to secure pages.",
                "This page was not opened over HTTPS.",
                "Open the phone with an address that begins with https://.",
            ),
            MediaFault::Unsupported => Self::problem(
                "This browser cannot make calls.",
                "It has no WebRTC, or it has been switched off.",
                "Use a current Chrome, Edge, Firefox or Safari.",
            ),
            MediaFault::Negotiation => Self::problem(
                "The two phones could not agree on how to send audio.",
                "The other side offered no audio format this browser can use.",
                "Try again; tell your administrator if it keeps happening.",
            ),
            MediaFault::NoPath => Self::problem(
                "No network path for audio was found.",
                "A firewall or VPN may be blocking calls.",
                "Try another network, or switch the VPN off and call again.",
            ),
            MediaFault::NoReply => Self::problem(
                "The microphone did not start in time.",
                "The browser may still be asking whether this site may use it.",
                "Answer the browser's question beside the page's address and call again.",
            ),
        }
    }
}

impl From<&EndReason> for Notice {
    fn from(reason: &EndReason) -> Self {
        match reason {
            EndReason::HungUp => Self::plain("You hung up."),
            EndReason::RemoteHungUp => Self::plain("They hung up."),
            EndReason::Declined => Self::plain("You declined the call."),
            EndReason::Hidden => Self::plain("You hid the call; it may go on elsewhere."),
            EndReason::CallerCancelled => Self::plain("The caller gave up."),
            EndReason::AnsweredElsewhere => Self::plain("The call was answered on another phone."),
            EndReason::Busy => Self::plain("The line is busy."),
            EndReason::RemoteDeclined => Self::plain("They declined the call."),
            EndReason::NoAnswer => Self::plain("Nobody answered."),
            EndReason::Cancelled => Self::plain("You cancelled the call."),
            EndReason::NotFound => Self::problem(
                "This number is not in service.",
                "The server does not know it.",
                "Check the number and call again.",
            ),
            EndReason::Refused { status, phrase } => Self {
                title: Cow::Borrowed(marked("The call was refused.")),
                why: Some(quote(*status, phrase)),
                remedy: Some(match status {
                    400..=499 => marked("Check the number and call again."),
                    _ => marked("Try again in a moment; tell your administrator if it lasts."),
                }),
            },
            EndReason::Media(fault) => fault.into(),
            EndReason::MediaLost => Self::problem(
                "The audio was lost and did not come back.",
                "No sound arrived for a minute, so the call was ended.",
                "Check your network and call again.",
            ),
            EndReason::PageClosed => Self::problem(
                "The tab that carried the call was closed.",
                "A call's audio lives in the tab where it was answered or dialled.",
                "Keep that tab open during a call.",
            ),
            EndReason::BadNumber => (&Refusal::BadNumber).into(),
            EndReason::LinkLost => Self::problem(
                "The phone server could not be reached for this call.",
                "The connection did not come back in time.",
                "Wait until the phone says Ready and call again.",
            ),
            EndReason::PlaceRefused { words } => Self {
                title: Cow::Borrowed(marked("The call was not placed.")),
                why: said(words),
                // The words themselves say what to do about this very cause.
                remedy: Some(marked("If this seems wrong, tell your administrator.")),
            },
            EndReason::PlaceUnknown { words } => Self {
                title: Cow::Borrowed(marked("No answer from the platform; your phone may still ring.")),
                why: said(words),
                remedy: Some(marked(
                    "If it does not ring within a minute, place the call again.",
                )),
            },
            EndReason::OwnLegUnanswered => Self::problem(
                "Your own phone was not reached.",
                "The platform rings you first, and nobody answered there.",
                "Check that your browser phone is the device that rings, then call again.",
            ),
            EndReason::NotDialled => Self::problem(
                "The call could not be dialled.",
                "The platform did not reach one of the two sides.",
                "Check the number and call again.",
            ),
            EndReason::WrongPassword => Self::problem(
                "The server refused your password for this call.",
                "The account may not be allowed to call, or its password has changed.",
                "Sign out, sign in again and call once more.",
            ),
        }
    }
}

impl From<&Refusal> for Notice {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::NotReady => Self::problem(
                "The phone is not connected.",
                "A call needs a registered phone.",
                "Wait until it says Ready and call again.",
            ),
            Refusal::InCall => Self::problem(
                "You are in a call already.",
                "This phone has one call at a time.",
                "Hang up first, then call.",
            ),
            Refusal::BadNumber => Self::problem(
                "This is not a number that can be called.",
                "It is neither a phone number nor a SIP address.",
                "Use digits, optionally with + in front, or an address such as name@example.com.",
            ),
            Refusal::HoldRefused => Self::problem(
                "The other side did not accept the hold.",
                "Their phone refused the change, so the call goes on as it was.",
                "Try again, or use Mute.",
            ),
            Refusal::DigitRefused => Self::problem(
                "The digit was not accepted.",
                "The other side does not take keypad digits on this call.",
                "Try again, or say the digits.",
            ),
        }
    }
}

/// Words that the companion server has already made a sentence of.
fn said(words: &str) -> Option<Cow<'static, str>> {
    (!words.is_empty()).then(|| Cow::Owned(words.to_owned()))
}

/// The server's own words.
fn quote(status: u16, phrase: &str) -> Cow<'static, str> {
    let words = one_line(phrase, 80);
    let mut said = status.to_string();
    if !words.is_empty() {
        said.push(' ');
        said.push_str(&words);
    }
    Cow::Owned(fill("It said: {0}", &[&ended(said)]))
}

/// With a full stop where nothing else ends it.
fn ended(mut said: String) -> String {
    if !said.ends_with(['.', '…', '!', '?']) {
        said.push('.');
    }
    said
}

/// Words of another program, made safe to show: one line, no control characters, at most `longest`.
fn one_line(words: &str, longest: usize) -> String {
    let mut line: String = words.chars().filter(|c| !c.is_control()).take(longest).collect();
    if line.len() < words.len() && line.chars().count() == longest {
        line.push('…');
    }
    line.trim().to_owned()
}

#[cfg(test)]
#[path = "notices/tests.rs"]
mod tests;
