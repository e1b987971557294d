//! What webhooks about legs say: the Passthru applet and StatusCallback (exotel-facts B5).

use exotel::hooks::{CallStatus, CallType, EventType, Passthru, StatusCallback};
use protocol::Millis;
use protocol::call::Direction;

use super::number;
use crate::calls::Facts;
use crate::calls::facts::{Ending, Leg};
use crate::calls::told::{Source, Told};

/// How an agent is found by an address.
type AgentOf<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A flow has dialled: the true outcome of an inbound call. Where it names the one agent it dialled, it is over for them;
/// else the flow may dial on, so it is over for nobody yet.
pub(super) fn of_passthru(passthru: &Passthru, at: Millis, agent_of: AgentOf<'_>) -> Facts {
    let mut facts = Facts::heard(at);
    let outbound = !passthru.direction.is_empty() && !passthru.direction.is_inbound();
    if outbound {
        facts.direction = Some(Told::new(Source::Implied, Direction::Outbound));
        return facts;
    }
    facts.direction = Some(Told::new(Source::Implied, Direction::Inbound));
    facts.number = number(Source::Details, passthru.call_from.reveal());
    facts.virtual_number = number(Source::Details, passthru.call_to.reveal());
    facts.recorded = !passthru.recording_url.is_empty();
    let Some(leg) = dialled(passthru) else {
        return facts;
    };
    if leg == Leg::Completed {
        facts.talk_seconds = passthru.legs.iter().filter_map(|leg| leg.on_call_duration).max();
    }
    match agent_of(passthru.dial_whom_number.reveal().trim()) {
        Some(agent) => {
            let part = facts.agent(&agent);
            part.leg = Some(leg);
            part.released = Some(at);
        }
        None => facts.leg = Some(leg),
    }
    facts
}

/// How the dialled leg went; none if nothing was dialled.
fn dialled(passthru: &Passthru) -> Option<Leg> {
    let refused = passthru.legs.iter().any(|leg| leg.cause_code == "USER_BUSY");
    match leg(&passthru.dial_call_status) {
        Some(Leg::Completed) => Some(Leg::Completed),
        Some(_) if refused => Some(Leg::Busy),
        Some(leg) => Some(leg),
        None => match passthru.call_type {
            CallType::Completed => Some(Leg::Completed),
            CallType::Incomplete | CallType::ClientHangup | CallType::Voicemail => Some(Leg::Unanswered),
            CallType::CallAttempt | CallType::Other(_) => None,
        },
    }
}

/// A click-to-call has news. Without its legs the one status does not say whose phone it speaks of; call details will.
pub(super) fn of_status_callback(
    status: &StatusCallback,
    at: Millis,
    zone: i16,
    agent_of: AgentOf<'_>,
) -> Facts {
    let mut facts = Facts::heard(at);
    let (first, second) = (status.legs.first(), status.legs.get(1));
    let second = second.map(|leg| &leg.status);
    let is_over = match status.event_type {
        EventType::Terminal => true,
        EventType::Answered => false,
        EventType::Other(_) => is_final(&status.status),
    };
    if is_over {
        facts.over = Some(at);
        facts.ended_at = status.end_time.unix_ms_in(zone);
        facts.talk_seconds = status.conversation_duration;
    }
    facts.recorded = !status.recording_url.is_empty();
    if status.direction.is_inbound() {
        facts.direction = Some(Told::new(Source::Webhook, Direction::Inbound));
        facts.number = number(Source::Webhook, status.from.reveal());
        facts.leg = second.filter(|_| is_over).and_then(leg);
        return facts;
    }
    facts.direction = Some(Told::new(Source::Implied, Direction::Outbound));
    facts.number = number(Source::Webhook, status.to.reveal());
    facts.virtual_number = number(Source::Webhook, status.phone_number_sid.reveal());
    if let Some(agent) = agent_of(status.from.reveal()) {
        facts.agent(&agent);
    }
    match (is_over, first, second) {
        (true, Some(first), Some(second)) => {
            facts.ending = ending(&first.status, second).map(|ending| Told::new(Source::Details, ending));
        }
        (false, _, None | Some(CallStatus::InProgress | CallStatus::Completed))
            if status.event_type == EventType::Answered =>
        {
            facts.answered = Some(at);
        }
        _ => {}
    }
    facts
}

/// Whether a call or leg of this status is over.
pub(super) fn is_final(status: &CallStatus) -> bool {
    match status {
        CallStatus::Completed
        | CallStatus::Busy
        | CallStatus::Failed
        | CallStatus::NoAnswer
        | CallStatus::Canceled => true,
        CallStatus::Queued | CallStatus::Ringing | CallStatus::InProgress | CallStatus::Other(_) => false,
    }
}

/// How a leg to an agent went, once it is over.
pub(super) fn leg(status: &CallStatus) -> Option<Leg> {
    match status {
        CallStatus::Completed => Some(Leg::Completed),
        CallStatus::Busy => Some(Leg::Busy),
        CallStatus::NoAnswer | CallStatus::Canceled => Some(Leg::Unanswered),
        CallStatus::Failed => Some(Leg::Failed),
        CallStatus::Queued | CallStatus::Ringing | CallStatus::InProgress | CallStatus::Other(_) => None,
    }
}

/// How an outbound call ended, by its legs: the agent's first, then the customer's.
pub(super) fn ending(agent: &CallStatus, customer: &CallStatus) -> Option<Ending> {
    match (leg(agent)?, customer) {
        (Leg::Failed, _) => Some(Ending::NotDialled),
        (Leg::Unanswered | Leg::Busy, _) => Some(Ending::AgentUnanswered),
        (Leg::Completed, CallStatus::Completed) => Some(Ending::Completed),
        (Leg::Completed, CallStatus::Busy | CallStatus::NoAnswer) => Some(Ending::CustomerUnanswered),
        (Leg::Completed, CallStatus::Canceled) => Some(Ending::AgentCancelled),
        (Leg::Completed, CallStatus::Failed) => Some(Ending::NotDialled),
        (
            Leg::Completed,
            CallStatus::Queued | CallStatus::Ringing | CallStatus::InProgress | CallStatus::Other(_),
        ) => None,
    }
}
