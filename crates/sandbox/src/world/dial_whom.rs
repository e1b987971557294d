//! The question whom to connect a direct call to: the documented query, and what its answer comes to.

use exotel::hooks::{DialWhomAnswer, DialWhomFailure, HookKind};
use serde_json::{Map, Value};
use sip::Instant;

use super::end::End;
use super::notices::plain;
use super::places::{CallNo, LegNo};
use super::route::Route;
use super::signals::Signal;
use super::{HttpTicket, Output, World};
use crate::client::{Outgoing, SendError};
use crate::webhooks::{Letter, Shape, with_query};

/// The header that carries the app's `message`, which no document names for SIP in a browser.
pub(super) const MESSAGE: &str = "X-Exotel-CustomField";
/// How long the caller waits for the answer, ms.
pub(super) const PATIENCE: u64 = 15_000;
/// The placeholder of an end that is still to come.
pub(super) const NO_END: &str = "1970-01-01 05:30:00";
/// How often one call asks, if answers keep wanting it.
pub(super) const QUESTIONS: u32 = 3;

impl World {
    /// Whether a dialled user is a number of the platform's that dial-whom answers for.
    pub(super) fn is_exophone(&self, user: &str) -> bool {
        let digits = user.strip_prefix('+').unwrap_or(user);
        let number = digits.len() >= 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
        number && self.platform.records.endpoints.get(HookKind::DialWhom).is_some()
    }

    /// Asks, for a caller who hears nothing until the answer comes.
    pub(super) fn ask_dial_whom(&mut self, now: Instant, no: CallNo, route: Route) {
        let Some(url) = self.platform.records.endpoints.get(HookKind::DialWhom).cloned() else {
            // The address was taken away since.
            return self.refuse_caller(now, no, 480);
        };
        let Some(call) = self.calls.get(&no) else { return };
        let (sid, from, to) = (call.sid.clone(), call.from.clone(), call.to.clone());
        let wall = self.platform.wall(now);
        let began = wall - i64::try_from(now.since(call.began)).unwrap_or(0);
        let [from, to] = [from, to].map(|user| format!("sip:{user}"));
        let mut pairs = vec![
            ("CallSid", sid.clone()),
            ("CallFrom", from.clone()),
            ("CallTo", to.clone()),
            ("CallStatus", "ringing".to_owned()),
            ("Direction", "incoming".to_owned()),
            ("Created", created(began)),
            ("DialCallDuration", "0".to_owned()),
            ("StartTime", plain(began)),
            ("EndTime", NO_END.to_owned()),
            ("CallType", "call-attempt".to_owned()),
            ("DialWhomNumber", route.tried.clone()),
            ("flow_id", "249196".to_owned()),
            ("tenant_id", "113828".to_owned()),
            ("From", from),
            ("To", to),
            ("CurrentTime", plain(wall)),
        ];
        if let Some(message) = &route.message {
            pairs.insert(3, ("CustomField", message.clone()));
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&pairs);
        let request = Outgoing::get(with_query(url.reveal(), &query.finish()));
        let fields: Map<String, Value> = pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Value::String(value)))
            .collect();
        let letter = Letter {
            kind: HookKind::DialWhom,
            about: sid,
            url,
            shape: Shape::Query,
            fields,
        };
        self.routes.insert(no, route.asking(now, letter));
        self.out
            .push_back(Output::Http(HttpTicket::DialWhom(no), request));
    }

    /// The answer came, or none.
    pub(super) fn dial_whom_answered(
        &mut self,
        now: Instant,
        no: CallNo,
        result: &Result<(u16, Vec<u8>), SendError>,
    ) {
        // The caller may have given up meanwhile.
        let Some((route, asked_at, letter)) = self.routes.remove(&no).and_then(Route::asked) else {
            return;
        };
        let status = result.as_ref().map(|(status, _)| *status).map_err(|why| *why);
        self.courier.note(now, asked_at, letter, status);
        let answer = match result {
            Ok((status, body)) => DialWhomAnswer::parse(*status, body),
            Err(_) => Err(DialWhomFailure::Status(503)),
        };
        match answer {
            Ok(answer) => {
                self.routes.insert(no, route.answered(answer));
                self.try_next(now, no);
            }
            Err(failure) => self.refuse_caller(now, no, refusal(&failure)),
        }
    }

    /// Nobody is left to be tried.
    pub(super) fn refuse_caller(&mut self, now: Instant, no: CallNo, status: u16) {
        self.routes.remove(&no);
        if let Some(caller) = self.caller(no) {
            self.deliver(now, no, caller, Signal::Refuse(status));
        }
        self.finish(now, no, &format!("Refused with {status}"));
    }

    /// A leg dialled a number of the platform's.
    pub(super) fn call_exophone(
        &mut self,
        now: Instant,
        leg: LegNo,
        no: CallNo,
        offer: String,
        message: Option<String>,
    ) {
        self.deliver(now, no, End::Leg(leg), Signal::Progress(180, None));
        self.ask_dial_whom(now, no, Route::new(offer, message));
    }
}

/// What the caller hears of a failure: the customer's server is at fault, or nobody is there.
fn refusal(failure: &DialWhomFailure) -> u16 {
    match failure {
        DialWhomFailure::Status(500..) => 503,
        DialWhomFailure::Status(_) | DialWhomFailure::Unreadable | DialWhomFailure::NoDestination => 480,
    }
}

/// `Sat, 23 Nov 2019 22:00:37`, in the account's zone.
pub(super) fn created(at: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let local = at.div_euclid(1000) + i64::from(exotel::IST) * 60;
    // 1 January 1970 was a Thursday.
    let day = usize::try_from(local.div_euclid(86_400).rem_euclid(7)).unwrap_or(0);
    let text = plain(at);
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let month = part(5..7)
        .parse::<usize>()
        .ok()
        .and_then(|month| month.checked_sub(1));
    format!(
        "{}, {} {} {} {}",
        DAYS.get(day).copied().unwrap_or_default(),
        part(8..10),
        month
            .and_then(|month| MONTHS.get(month))
            .copied()
            .unwrap_or_default(),
        part(0..4),
        part(11..19)
    )
}

#[cfg(test)]
mod tests {
    use super::created;

    #[test]
    fn the_day_of_the_sample_is_written_as_in_the_sample() {
        assert_eq!(created(1_574_526_637_000), "Sat, 23 Nov 2019 22:00:37");
    }
}
