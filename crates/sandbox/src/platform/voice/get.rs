//! Call details, versions 1 and 3, from the one call table.

use exotel::call_details::{CallOutcome, CallState, CallStatus};
use exotel::{IST, Timestamp};
use serde_json::{Value, json};
use sip::Instant;

use super::super::{Ask, CallRecord, Direction, No, Platform, Quirk, Yes};

/// How long data settles with [`Quirk::LateDetails`], in milliseconds.
const SETTLING: i64 = 2 * 60 * 1000;

/// `GET /Accounts/{sid}/Calls/{CallSid}.json`
pub(super) fn v1(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let call = find(platform, ask, "The requested resource was not found")?;
    let settled = is_settled(platform, call, platform.wall(now));
    let details = matches!(ask.in_query("details"), Some("true" | "1"));
    Ok(Yes::Done(json!({ "Call": describe_v1(call, settled, details) })))
}

/// `GET /v3/accounts/{sid}/calls/{call_sid}`
pub(super) fn v3(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let call = find(platform, ask, "Call not found")?;
    let settled = is_settled(platform, call, platform.wall(now));
    let state = if settled {
        call.state.clone()
    } else {
        CallState::Active
    };
    let outcome = if settled {
        call.outcome.clone()
    } else {
        CallOutcome::default()
    };
    Ok(Yes::Done(json!({
        "sid": call.sid,
        "state": state,
        "status": outcome,
        "direction": direction_v1(call),
        "from": call.from,
        "to": call.to,
        "virtual_number": call.virtual_number,
        "total_duration": settled.then(|| call.seconds()),
        "total_talk_time": settled.then(|| call.talk_seconds()),
        "custom_field": call.custom_field,
        "date_created": Timestamp::at(call.started, IST),
    })))
}

/// A call as version 1 writes it.
pub(super) fn describe_v1(call: &CallRecord, settled: bool, details: bool) -> Value {
    let end = call.ended.filter(|_| settled);
    let mut described = json!({
        "Sid": call.sid,
        "ParentCallSid": null,
        "AccountSid": call.tenant,
        "From": call.from,
        "To": call.to,
        "PhoneNumberSid": call.virtual_number,
        "Status": call.status,
        "StartTime": without_zone(call.started),
        "EndTime": match (end, call.is_live()) {
            (Some(end), _) => without_zone(end),
            (None, true) => String::new(),
            (None, false) => String::from("1970-01-01 05:30:00"),
        },
        "Duration": end.map(|_| call.seconds().to_string()),
        "Price": null,
        "Direction": direction_v1(call),
        "RecordingUrl": call.recording_url.as_ref().filter(|_| settled),
    });
    if let Some(fields) = described.as_object_mut().filter(|_| details) {
        let legs = [("1", call.seconds()), ("2", call.talk_seconds())];
        let legs =
            legs.map(|(id, seconds)| json!({ "Leg": { "Id": id, "OnCallDuration": seconds.to_string() } }));
        // While it goes on they say where it is; afterwards they settle with the rest.
        let status = |leg: &CallStatus| (settled || call.is_live()).then(|| leg.clone());
        let details = json!({
            "ConversationDuration": if settled { call.talk_seconds() } else { 0 },
            "Leg1Status": status(&call.leg1),
            "Leg2Status": status(&call.leg2),
            "Legs": end.map(|_| legs),
        });
        fields.insert(String::from("Details"), details);
    }
    described
}

fn find<'a>(platform: &'a Platform, ask: &Ask, missing: &str) -> Result<&'a CallRecord, No> {
    let sid = &platform.account_of(ask, ask.in_path("sid"))?.sid;
    let call = ask.in_path("call_sid");
    let call = call.strip_suffix(".json").unwrap_or(call);
    let call = platform
        .records
        .calls
        .get(call)
        .filter(|call| call.tenant == *sid);
    call.ok_or_else(|| No::not_found(missing))
}

pub(super) fn is_settled(platform: &Platform, call: &CallRecord, wall: i64) -> bool {
    let late = platform.quirks.has(Quirk::LateDetails);
    call.ended.is_some_and(|ended| !late || wall - ended >= SETTLING)
}

fn direction_v1(call: &CallRecord) -> &'static str {
    match call.direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound-api",
    }
}

/// India's time without saying so.
fn without_zone(ms: i64) -> String {
    let time = Timestamp::at(ms, IST);
    time.as_str().get(..19).unwrap_or_default().replace('T', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A call of 22 seconds, the last 10 of them talk.
    fn over() -> CallRecord {
        CallRecord {
            answered: Some(1_790_000_012_000),
            ended: Some(1_790_000_022_000),
            state: CallState::Terminal,
            outcome: CallOutcome::Completed,
            status: CallStatus::Completed,
            ..CallRecord::begin(
                String::from("c1"),
                String::from("t"),
                Direction::Inbound,
                1_790_000_000_000,
            )
        }
    }

    #[test]
    fn a_call_that_is_over_has_its_times() {
        let described = describe_v1(&over(), true, true);
        assert_eq!(
            (&described["Duration"], &described["Direction"]),
            (&json!("22"), &json!("inbound"))
        );
        assert_eq!(described["StartTime"], "2026-09-21 19:43:20");
        assert_eq!(described["Details"]["ConversationDuration"], 10);
        assert_eq!(described["Details"]["Legs"][1]["Leg"]["OnCallDuration"], "10");
        assert!(describe_v1(&over(), true, false).get("Details").is_none());
    }

    #[test]
    fn data_can_settle_late() {
        let mut platform = Platform::demo(&[], [0; 32], 1_790_000_022_000);
        let call = over();
        assert!(is_settled(&platform, &call, platform.wall(Instant(0))));
        platform.quirks.set(Quirk::LateDetails, true);
        assert!(!is_settled(&platform, &call, platform.wall(Instant(119_000))));
        assert!(is_settled(&platform, &call, platform.wall(Instant(121_000))));
        let described = describe_v1(&call, false, true);
        assert_eq!(
            (&described["EndTime"], &described["Duration"]),
            (&json!("1970-01-01 05:30:00"), &Value::Null)
        );
        for leg in ["Leg1Status", "Leg2Status"] {
            assert_eq!(described["Details"][leg], Value::Null);
        }
    }
}
