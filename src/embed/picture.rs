//! How the phone stands, in the words of the protocol.

use phone::view::{EndedView, LegView, Way};
use phone::{CallState, CallView, EndReason, LinkView, Millis, PageId};
use protocol::call::Direction;
use protocol::embed::{Call, Ended, EndedBy, Phone, PhoneState, Ringing, State};

use crate::companion::Device;
use crate::notices::Notice;
use crate::words;

/// The registration.
pub(super) fn phone(link: &LinkView, now: Millis) -> Phone {
    let state = match link {
        LinkView::Idle => PhoneState::SignedOut,
        LinkView::Connecting => PhoneState::Connecting,
        LinkView::Ready => PhoneState::Ready,
        LinkView::Waiting { .. } => PhoneState::Waiting,
        LinkView::Offline => PhoneState::Offline,
        LinkView::Refused(_) => PhoneState::Refused,
    };
    let words = match link {
        // Without the countdown, which nobody here keeps up to date.
        LinkView::Waiting { .. } => "Reconnecting".to_owned(),
        LinkView::Idle
        | LinkView::Connecting
        | LinkView::Ready
        | LinkView::Offline
        | LinkView::Refused(_) => words::link(link, now),
    };
    Phone { state, words }
}

/// The call, seen from this page.
pub(super) fn call(call: &CallView, page: PageId) -> Call {
    Call {
        id: call.id.0,
        sid: call.call_sid.clone(),
        direction: direction(call.way),
        name: call.peer.name.clone(),
        number: call.peer.number.clone(),
        virtual_number: call.virtual_number.clone(),
        state: state(call.state),
        can_answer: call.state == CallState::Incoming && call.leg == LegView::Here,
        here: call.owner == Some(page),
        muted: call.muted,
        held: call.held,
        held_by_customer: call.held_by_peer,
        started_at: moment(call.started),
        connected_at: call.established.map(moment),
    }
}

/// The call that is over.
pub(super) fn ended(ended: &EndedView) -> Ended {
    Ended {
        id: ended.id.0,
        sid: ended.call_sid.clone(),
        direction: direction(ended.way),
        name: ended.peer.name.clone(),
        number: ended.peer.number.clone(),
        by: by(&ended.reason),
        words: sentence(&Notice::from(&ended.reason)),
        talked: ended.talked,
        ended_at: moment(ended.at),
    }
}

/// What rings.
pub(super) const fn ringing(device: Option<Device>) -> Ringing {
    match device {
        Some(Device::Browser) => Ringing::Browser,
        Some(Device::Phone) => Ringing::Telephone,
        None => Ringing::Nothing,
    }
}

fn sentence(notice: &Notice) -> String {
    match &notice.why {
        Some(why) => [&notice.title, " ", why].concat(),
        None => notice.title.clone().into_owned(),
    }
}

const fn direction(way: Way) -> Direction {
    match way {
        Way::In => Direction::Inbound,
        Way::Out => Direction::Outbound,
    }
}

const fn state(state: CallState) -> State {
    match state {
        CallState::OutgoingInitiated => State::OutgoingInitiated,
        CallState::Early => State::Early,
        CallState::Ringing => State::Ringing,
        CallState::Connecting => State::Connecting,
        CallState::Incoming => State::Incoming,
        CallState::Answering => State::Answering,
        CallState::Established => State::Established,
        CallState::MediaDisrupted => State::MediaDisrupted,
        CallState::RenewingMedia => State::RenewingMedia,
        CallState::Ending => State::Ending,
    }
}

const fn by(reason: &EndReason) -> EndedBy {
    match reason {
        EndReason::HungUp | EndReason::Declined | EndReason::Hidden | EndReason::Cancelled => EndedBy::Agent,
        EndReason::RemoteHungUp | EndReason::RemoteDeclined | EndReason::CallerCancelled => EndedBy::Customer,
        EndReason::AnsweredElsewhere => EndedBy::Elsewhere,
        EndReason::Busy | EndReason::NoAnswer => EndedBy::NoAnswer,
        EndReason::NotFound
        | EndReason::Refused { .. }
        | EndReason::Media(_)
        | EndReason::MediaLost
        | EndReason::PageClosed
        | EndReason::BadNumber
        | EndReason::LinkLost
        | EndReason::WrongPassword
        | EndReason::PlaceRefused { .. }
        | EndReason::PlaceUnknown { .. }
        | EndReason::OwnLegUnanswered
        | EndReason::NotDialled => EndedBy::Trouble,
    }
}

fn moment(at: Millis) -> protocol::Millis {
    protocol::Millis::try_from(at).unwrap_or(protocol::Millis::MAX)
}
