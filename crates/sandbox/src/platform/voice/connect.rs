//! A call between two numbers, by version 1: `From` rings first, then `To`.

use exotel::{PhoneNumber, Secret};
use serde_json::json;
use sip::Instant;

use super::super::ask::first;
use super::super::{Ask, CallRecord, Consequence, Direction, FirstLeg, No, Outbound, Platform, Yes};
use super::get::describe_v1;

/// The longest time limit, in seconds.
const LONGEST: u32 = 14_400;

/// `POST /Accounts/{sid}/Calls/connect.json`
pub(super) fn connect(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let tenant = platform.account_of(ask, ask.in_path("sid"))?.sid.clone();
    let form = ask.form();
    let field = |name: &str| first(&form, name).filter(|text| !text.is_empty());
    let needed =
        |name: &str| field(name).ok_or_else(|| No::bad(format!("Mandatory Parameter missing: {name}")));
    let (from, to, caller_id) = (needed("From")?, needed("To")?, needed("CallerId")?);
    let seconds = |name: &str, most: u32| match field(name).map(str::parse::<u32>) {
        None => Ok(None),
        Some(Ok(seconds)) if (1..=most).contains(&seconds) => Ok(Some(seconds)),
        Some(_) => Err(No::bad(format!("{name} is 1 to {most} seconds"))),
    };
    let (time_limit_s, time_out_s) = (seconds("TimeLimit", LONGEST)?, seconds("TimeOut", LONGEST)?);
    if PhoneNumber::from(to).must_be_dialable("To").is_err() {
        return Err(No::bad("To is not a phone number"));
    }
    let first_leg = leg(platform, &tenant, from)?;
    let agent = match &first_leg {
        FirstLeg::Sip { agent } => Some(agent.clone()),
        FirstLeg::Phone { .. } | FirstLeg::Nowhere => None,
    };
    let events = form
        .iter()
        .filter(|(name, _)| name.starts_with("StatusCallbackEvents"));
    let sid = platform.new_call_sid();
    let begun = platform.wall(now);
    let call = CallRecord {
        agent,
        from: from.to_owned(),
        to: to.to_owned(),
        virtual_number: caller_id.to_owned(),
        custom_field: field("CustomField").map(str::to_owned),
        status_callback: field("StatusCallback").map(Secret::new),
        callback_on_answer: events.map(|(_, event)| event).any(|event| event == "answered"),
        record: field("Record") == Some("true"),
        ..CallRecord::begin(sid.clone(), tenant, Direction::Outbound, begun)
    };
    let described = describe_v1(&call, false, false);
    platform.records.calls.insert(call);
    platform.out.push_back(Consequence::Outbound(Outbound {
        call_sid: sid,
        first: first_leg,
        to: to.to_owned(),
        caller_id: caller_id.to_owned(),
        app_id: None,
        time_out_s,
        time_limit_s,
    }));
    Ok(Yes::Done(json!({ "Call": described })))
}

/// A SIP user of the account, with or without `sip:`, or a number.
fn leg(platform: &Platform, tenant: &str, from: &str) -> Result<FirstLeg, No> {
    let user = from.strip_prefix("sip:").unwrap_or(from);
    let user = user.split('@').next().unwrap_or(user);
    let mut coworkers = platform.records.coworkers.values();
    if coworkers.any(|coworker| coworker.tenant == tenant && coworker.sip_user == user) {
        return Ok(FirstLeg::Sip {
            agent: user.to_owned(),
        });
    }
    match PhoneNumber::from(from).must_be_dialable("From") {
        Ok(()) => Ok(FirstLeg::Phone {
            number: from.to_owned(),
        }),
        Err(_) => Err(No::bad(
            "From is neither a phone number nor a SIP user of the account",
        )),
    }
}
