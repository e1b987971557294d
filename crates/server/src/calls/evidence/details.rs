//! What call details say, version 1.

use exotel::call_details::{Call, CallStatus};
use protocol::Millis;
use protocol::call::Direction;

use super::legs::{ending, is_final, leg};
use super::number;
use crate::calls::Facts;
use crate::calls::told::{Source, Told};

/// What call details say. They settle some two minutes after the call: until there is an end time, legs may be empty and
/// durations 0, and the call stays open to further questions. `zone` is the account's, minutes east of UTC.
pub fn of_details(call: &Call, at: Millis, zone: i16) -> Facts {
    let mut facts = Facts::heard(at);
    let is_over = is_final(&call.status);
    // Written without a zone: the account's is meant.
    let end = call.end_time.unix_ms_in(zone).filter(|_| is_over);
    facts.over = is_over.then_some(at);
    facts.ended_at = end;
    facts.closed = end.is_some();
    facts.recorded = !call.recording_url.is_empty();
    if let Some(of) = call.more.0.get("PhoneNumberSid").and_then(|it| it.as_str()) {
        facts.virtual_number = number(Source::Details, of);
    }
    let direction = match call.direction.as_str() {
        "inbound" | "incoming" => Some(Direction::Inbound),
        word if word.starts_with("outbound") => Some(Direction::Outbound),
        _ => None,
    };
    facts.direction = direction.map(|direction| Told::new(Source::Details, direction));
    facts.number = match direction {
        Some(Direction::Inbound) => number(Source::Details, call.from.reveal()),
        Some(Direction::Outbound) => number(Source::Details, call.to.reveal()),
        None => None,
    };
    let Some(details) = &call.details else {
        return facts;
    };
    if end.is_some() {
        facts.talk_seconds = details
            .conversation_duration
            .and_then(|seconds| u32::try_from(seconds).ok());
    }
    match (is_over, direction) {
        (true, Some(Direction::Inbound)) => facts.leg = leg(&details.leg2_status),
        (true, Some(Direction::Outbound)) => {
            let ending = ending(&details.leg1_status, &details.leg2_status);
            facts.ending = ending.map(|ending| Told::new(Source::Details, ending));
        }
        (false, Some(Direction::Outbound)) if details.leg2_status == CallStatus::InProgress => {
            facts.answered = Some(at);
        }
        (false, _) | (true, None) => {}
    }
    facts
}
