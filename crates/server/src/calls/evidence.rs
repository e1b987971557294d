//! What each source says of a call.

mod details;
mod legs;
mod notices;

use exotel::hooks::Hook;
use protocol::call::{Direction, LegReport};
use protocol::{Millis, PhoneNumber};

pub use details::of_details;

use super::Facts;
use super::facts::AgentFacts;
use super::told::{Source, Told};

/// What a webhook says, and of which call. `agent_of` finds an agent's `AppUserId` by a `sip:` address or number; `zone` is
/// the account's, minutes east of UTC.
///
/// A question of dial-whom, a push notification and the events of GreenPin say nothing of a call of an agent.
pub fn of_hook(
    hook: &Hook,
    at: Millis,
    zone: i16,
    agent_of: &dyn Fn(&str) -> Option<String>,
) -> Option<(String, Facts)> {
    let facts = match hook {
        Hook::Popup(notice) => notices::popup(notice, at, agent_of),
        Hook::IncomingCallHungUp(notice) => notices::hung_up(notice, at, agent_of),
        Hook::MissedCall(notice) => notices::missed(notice, at, agent_of),
        Hook::Callback(notice) => notices::callback(notice, at, agent_of),
        Hook::Passthru(passthru) => legs::of_passthru(passthru, at, agent_of),
        Hook::StatusCallback(status) => legs::of_status_callback(status, at, zone, agent_of),
        Hook::GreenPinCallCompleted(_)
        | Hook::GreenPinDeallocated(_)
        | Hook::GreenPinVerified(_)
        | Hook::GreenPinVerificationFailed(_)
        | Hook::DialWhom(_)
        | Hook::Push(_) => return None,
    };
    Some((hook.call_sid()?.to_owned(), facts))
}

/// What a webhook says whoever its agent is, while the vendor is asked for them: not yet that it is over for everybody.
pub fn of_hook_so_far(hook: &Hook, at: Millis, zone: i16) -> Option<(String, Facts)> {
    let (sid, mut facts) = of_hook(hook, at, zone, &|_| None)?;
    if matches!(
        hook,
        Hook::IncomingCallHungUp(_) | Hook::MissedCall(_) | Hook::Passthru(_)
    ) {
        facts.over = None;
        facts.missed = false;
        facts.leg = None;
    }
    Some((sid, facts))
}

/// The `sip:` addresses and numbers by which a webhook may name its agent; none where it names them by `AppUserId`.
pub fn addresses_in(hook: &Hook) -> Vec<&str> {
    let texts = match hook {
        Hook::Popup(it) | Hook::IncomingCallHungUp(it) | Hook::MissedCall(it)
            if it.app_user_id.is_empty() =>
        {
            it.dial_whom_number.reveal()
        }
        Hook::Callback(it) if it.app_user_id.is_empty() => it.from_number.reveal(),
        Hook::Passthru(it) => it.dial_whom_number.reveal(),
        // The customer is no agent.
        Hook::StatusCallback(it) if !it.direction.is_inbound() => it.from.reveal(),
        _ => "",
    };
    texts
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect()
}

/// What our own placing of a call says.
pub fn of_placement(agent: &str, to: &str, virtual_number: &str, at: Millis) -> Facts {
    let mut facts = Facts::heard(at);
    facts.direction = Some(Told::new(Source::Ourselves, Direction::Outbound));
    facts.number = number(Source::Ourselves, to);
    facts.virtual_number = number(Source::Ourselves, virtual_number);
    facts.agent(agent).placed = Some(at);
    facts
}

/// What the agent's own phone says of its leg.
pub fn of_leg_report(agent: &str, report: LegReport, at: Millis) -> Facts {
    let mut facts = Facts::heard(at);
    let part = facts.agent(agent);
    match report {
        LegReport::Answered => part.answered = Some(at),
        LegReport::Declined => part.declined = Some(at),
        LegReport::RangOut => part.rang_out = Some(at),
    }
    facts
}

/// That the platform does not know the call, long after it should have ended: it is over, and nobody will say how.
pub fn of_silence(at: Millis) -> Facts {
    let mut facts = Facts::heard(at);
    facts.over = Some(at);
    facts.closed = true;
    facts
}

impl Facts {
    /// The part of `agent`.
    fn agent(&mut self, agent: &str) -> &mut AgentFacts {
        self.agents.entry(agent.to_owned()).or_default()
    }
}

/// A number, if there is one.
fn number(by: Source, text: &str) -> Option<Told<PhoneNumber>> {
    (!text.is_empty()).then(|| Told::new(by, PhoneNumber::new(text)))
}
