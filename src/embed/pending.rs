//! Commands on their way: what shows that one is done, and when to give it up.

use phone::view::Refusal;
use phone::{CallId, CallState, Millis, PageId, View};
use protocol::embed::{Fault, FaultCode, Outcome};

use super::picture;

/// A command that waits to be seen done.
#[derive(Debug)]
pub(super) struct Pending {
    /// The host's number of it.
    pub(super) id: u32,
    /// When it is given up.
    pub(super) until: Millis,
    /// What it waits for.
    pub(super) sign: Sign,
}

/// By what a command is seen done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// There is a call.
    Called,
    /// That call is connected.
    Connected(CallId),
    /// That call is over.
    Over(CallId),
    /// That call is on hold, or no longer.
    Held(CallId, bool),
    /// That call is muted, or no longer.
    Muted(CallId, bool),
    /// So many digits of that call are out.
    Sent(CallId, usize),
    /// Somebody is signed in.
    SignedIn,
    /// The server has answered.
    Answered,
}

impl Sign {
    /// How long to wait for it, ms.
    pub(super) const fn patience(self) -> Millis {
        match self {
            Self::Called | Self::Muted(..) => 5_000,
            Self::Over(_) => 10_000,
            Self::Held(..) => 20_000,
            // The far end is given two seconds for each of 64.
            Self::Sent(..) => 200_000,
            Self::Connected(_) | Self::SignedIn => 30_000,
            // The server itself gives up on the platform before.
            Self::Answered => 45_000,
        }
    }

    /// Whether the phone as it stands shows it; `fresh` is a refusal that came with this view.
    pub(super) fn seen(
        self,
        view: &View,
        page: PageId,
        fresh: Option<Refusal>,
    ) -> Option<Result<Outcome, Fault>> {
        let current = |id: CallId| view.call.as_ref().filter(|call| call.id == id);
        let shown = |id| current(id).map(|call| Outcome::Call(picture::call(call, page)));
        let refused = |by: &[Refusal]| {
            fresh
                .filter(|refusal| by.contains(refusal))
                .map(|why| Err(fault(why)))
        };
        let gone = |id: CallId| match &view.ended {
            Some(ended) if ended.id == id => Fault::new(FaultCode::NoCall, picture::ended(ended).words),
            Some(_) | None => over(),
        };
        match self {
            Self::Called => match &view.call {
                Some(call) => Some(Ok(Outcome::Call(picture::call(call, page)))),
                None => refused(&[Refusal::NotReady, Refusal::InCall, Refusal::BadNumber]),
            },
            Self::Connected(id) => match current(id) {
                Some(call) if call.state == CallState::Established => shown(id).map(Ok),
                Some(_) => None,
                None => Some(Err(gone(id))),
            },
            Self::Over(id) => current(id).is_none().then_some(Ok(Outcome::Nothing)),
            Self::Held(id, on) => match current(id) {
                Some(call) if call.held == on && !call.hold_pending => shown(id).map(Ok),
                Some(_) => refused(&[Refusal::HoldRefused]),
                None => Some(Err(gone(id))),
            },
            Self::Muted(id, on) => match current(id) {
                Some(call) if call.muted == on => shown(id).map(Ok),
                Some(_) => None,
                None => Some(Err(gone(id))),
            },
            Self::Sent(id, count) => match current(id) {
                Some(call) if call.digits.chars().count() >= count => Some(Ok(Outcome::Nothing)),
                Some(_) => refused(&[Refusal::DigitRefused]),
                None => Some(Err(gone(id))),
            },
            Self::SignedIn | Self::Answered => None,
        }
    }

    /// What to say when it did not come.
    pub(super) fn missed(self) -> Fault {
        match self {
            Self::Called => Fault::new(
                FaultCode::Refused,
                "The phone did not place the call. Its screen says why.",
            ),
            Self::SignedIn => Fault::new(
                FaultCode::Refused,
                "The agent is not signed in: the ticket was used, too old, or for another page. Get a new one.",
            ),
            Self::Answered => Fault::passing(
                FaultCode::Unknown,
                "The server did not answer in time. It may have been done; look before you try again.",
            ),
            Self::Connected(_) | Self::Over(_) | Self::Held(..) | Self::Muted(..) | Self::Sent(..) => {
                Fault::passing(
                    FaultCode::TimedOut,
                    "The far end did not answer in time. The phone's screen says how the call stands.",
                )
            }
        }
    }
}

/// The call that was meant is no more.
pub(super) fn over() -> Fault {
    Fault::new(FaultCode::NoCall, "That call is over.")
}

fn fault(refusal: Refusal) -> Fault {
    match refusal {
        Refusal::NotReady => not_ready(),
        Refusal::InCall => in_call(),
        Refusal::BadNumber => Fault::new(
            FaultCode::BadNumber,
            "This is neither a number nor a SIP address.",
        ),
        Refusal::HoldRefused => Fault::new(FaultCode::Refused, "The far end refused to hold or resume."),
        Refusal::DigitRefused => Fault::new(FaultCode::Refused, "The digit could not be sent."),
    }
}

/// Calls need a registered phone.
pub(super) fn not_ready() -> Fault {
    Fault::passing(
        FaultCode::NotReady,
        "The phone is not connected. Wait for the event \"phone\" to say ready.",
    )
}

/// One call at a time.
pub(super) fn in_call() -> Fault {
    Fault::passing(FaultCode::InCall, "A call is up already. End it first.")
}
