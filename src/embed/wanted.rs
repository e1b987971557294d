//! What a command means for the phone as it stands: a command of the phone's own, or why not.

use phone::view::LegView;
use phone::{CallId, CallState, CallView, Command, LinkView, PageId, View};
use protocol::embed::{Fault, FaultCode};

use super::pending::{self, Sign};
use crate::number::Dialled;

/// Something to do, and by what it is seen done.
type Meant = Result<(Vec<Command>, Sign), Fault>;

/// The call there is, if it is the one that is meant.
fn meant(view: &View, id: Option<u32>) -> Result<&CallView, Fault> {
    let Some(call) = &view.call else {
        let none = Fault::new(FaultCode::NoCall, "There is no call.");
        return Err(if id.is_some() { pending::over() } else { none });
    };
    match id {
        Some(id) if CallId(id) != call.id => Err(pending::over()),
        Some(_) | None => Ok(call),
    }
}

/// Whether a call can be made at all.
pub(super) fn dial(view: &View, number: &str) -> Result<(), Fault> {
    if view.call.is_some() {
        return Err(pending::in_call());
    }
    if view.link != LinkView::Ready {
        return Err(pending::not_ready());
    }
    match Dialled::read(number) {
        Dialled::Number(_) | Dialled::Address(_) => Ok(()),
        Dialled::Empty | Dialled::Neither => Err(Fault::new(
            FaultCode::BadNumber,
            "This is neither a telephone number nor a SIP address.",
        )),
    }
}

/// Answer the call that rings.
pub(super) fn answer(view: &View, id: Option<u32>) -> Meant {
    let call = ringing(view, id)?;
    if call.leg != LegView::Here {
        let message =
            "The platform has announced this call, but it does not ring here yet. Try again in a moment.";
        return Err(Fault::passing(FaultCode::WrongState, message));
    }
    Ok((vec![Command::Answer(call.id)], Sign::Connected(call.id)))
}

/// Refuse the call that rings.
pub(super) fn decline(view: &View, id: Option<u32>) -> Meant {
    let call = ringing(view, id)?;
    Ok((vec![Command::Decline(call.id)], Sign::Over(call.id)))
}

fn ringing(view: &View, id: Option<u32>) -> Result<&CallView, Fault> {
    let call = meant(view, id)?;
    match call.state {
        CallState::Incoming => Ok(call),
        CallState::OutgoingInitiated
        | CallState::Early
        | CallState::Ringing
        | CallState::Connecting
        | CallState::Answering
        | CallState::Established
        | CallState::MediaDisrupted
        | CallState::RenewingMedia
        | CallState::Ending => Err(Fault::new(FaultCode::WrongState, "This call does not ring here.")),
    }
}

/// End the call.
pub(super) fn hang_up(view: &View, id: Option<u32>) -> Meant {
    let call = meant(view, id)?;
    let command = match call.state {
        // Hanging up on a call that rings is declining it.
        CallState::Incoming => Command::Decline(call.id),
        CallState::OutgoingInitiated
        | CallState::Early
        | CallState::Ringing
        | CallState::Connecting
        | CallState::Answering
        | CallState::Established
        | CallState::MediaDisrupted
        | CallState::RenewingMedia
        | CallState::Ending => Command::HangUp(call.id),
    };
    Ok((vec![command], Sign::Over(call.id)))
}

/// Hold or resume.
pub(super) fn hold(view: &View, id: Option<u32>, on: bool) -> Meant {
    let call = talking(view, id)?;
    Ok((vec![Command::Hold(call.id, on)], Sign::Held(call.id, on)))
}

/// Mute, or no longer.
pub(super) fn mute(view: &View, id: Option<u32>, on: bool) -> Meant {
    let call = talking(view, id)?;
    Ok((vec![Command::Mute(call.id, on)], Sign::Muted(call.id, on)))
}

/// Send digits.
pub(super) fn digits(view: &View, id: Option<u32>, digits: &str) -> Meant {
    let call = talking(view, id)?;
    let digits: Vec<char> = digits.chars().map(|digit| digit.to_ascii_uppercase()).collect();
    let known = |digit: &char| digit.is_ascii_digit() || matches!(digit, 'A'..='D' | '*' | '#');
    if digits.is_empty() || digits.len() > MOST_DIGITS || !digits.iter().all(known) {
        let message = "Digits are 0-9, A-D, * and #, at most 64 at once.";
        return Err(Fault::new(FaultCode::BadDigit, message));
    }
    let count = call.digits.chars().count() + digits.len();
    let commands = digits.into_iter().map(|digit| Command::Digit(call.id, digit));
    Ok((commands.collect(), Sign::Sent(call.id, count)))
}

/// The audio of the call is in this page.
pub(super) fn carried(view: &View, id: Option<u32>, page: PageId) -> Result<(), Fault> {
    if talking(view, id)?.owner == Some(page) {
        return Ok(());
    }
    let message = "The call's audio is in another page of this browser. Ask there.";
    Err(Fault::new(FaultCode::WrongState, message))
}

/// At once; a person types fewer.
const MOST_DIGITS: usize = 64;

fn talking(view: &View, id: Option<u32>) -> Result<&CallView, Fault> {
    let call = meant(view, id)?;
    match call.state {
        CallState::Established | CallState::MediaDisrupted | CallState::RenewingMedia => Ok(call),
        CallState::OutgoingInitiated
        | CallState::Early
        | CallState::Ringing
        | CallState::Connecting
        | CallState::Incoming
        | CallState::Answering
        | CallState::Ending => Err(Fault::passing(
            FaultCode::WrongState,
            "The call is not connected.",
        )),
    }
}
