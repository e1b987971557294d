//! Calls: placed by an agent, and announced by a flow.

use exotel::PhoneNumber;
use exotel::integrations::{Notification, SettingKey};
use serde_json::{Value, json};
use sip::Instant;

use super::super::{
    Ask, CallRecord, Consequence, Device, Direction, FirstLeg, FlowCall, No, Outbound, Platform, Quirk, Yes,
};
use super::{app, done, users};

/// The platform's number for an agent in a call.
const DEVICE_BUSY: i64 = 10706;

/// `POST /call/outbound_call`: the agent's active device rings first, then the customer. Whoever leaves `customer_id`
/// out is served too; the official SDK does.
pub(super) fn outbound(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let app = app::of_token(platform, now, ask)?;
    let body: Value = ask.json()?;
    let text = |name: &str| {
        body.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let given = |name: &str, own: &str| {
        let text = text(name);
        text.is_empty() || text == own
    };
    if !given("customer_id", &app.customer_id) || !given("app_id", &app.app_id) {
        return Err(No::bad("customer_id or app_id is not the token's"));
    }
    if text("app_id").is_empty() || text("user_id").is_empty() || text("to").is_empty() {
        return Err(No::bad("app_id, user_id and to are mandatory"));
    }
    let to = text("to");
    if PhoneNumber::as_given(to.as_str()).must_be_dialable("to").is_err() {
        return Err(No::bad("to is not a phone number"));
    }
    if app.is_active == Some(false) {
        return Err(No::bad("The app is not active"));
    }
    let (_, mapping) = users::find(platform, &app, &text("user_id"))?;
    let (user, active) = (mapping.user.clone(), mapping.devices.active());
    if user.virtual_number.is_empty() {
        return Err(No::bad("The user has no VirtualNumber"));
    }
    let coworker = platform.records.coworker(&user);
    let agent = coworker
        .ok_or_else(|| No::not_found("User not found"))?
        .sip_user
        .clone();
    if platform.records.calls.is_busy(&agent) {
        return Err(No::not_found("User device is currently busy").coded(DEVICE_BUSY));
    }
    let number = user
        .agent_number
        .as_ref()
        .map(PhoneNumber::reveal)
        .unwrap_or_default();
    let (first, from) = match active {
        Some(Device::Sip) => (FirstLeg::Sip { agent: agent.clone() }, format!("sip:{agent}")),
        Some(Device::Phone) => {
            let number = number.to_owned();
            (
                FirstLeg::Phone {
                    number: number.clone(),
                },
                number,
            )
        }
        None => (FirstLeg::Nowhere, String::new()),
    };
    let sid = platform.new_call_sid();
    let begun = platform.wall(now);
    let tenant = app.exotel_account_sid.clone();
    let settings = platform.records.settings.get(&app.app_id);
    let record = settings.and_then(|settings| settings.get(SettingKey::Record.as_str()));
    let call = CallRecord {
        app_id: Some(app.app_id.clone()),
        app_user_id: Some(user.app_user_id.clone()),
        agent: Some(agent),
        from: from.clone(),
        to: to.clone(),
        virtual_number: user.virtual_number.reveal().to_owned(),
        record: record.is_some_and(|setting| setting.value.reveal() == "true"),
        ..CallRecord::begin(sid.clone(), tenant, Direction::Outbound, begun)
    };
    platform.records.calls.insert(call);
    platform.out.push_back(Consequence::Outbound(Outbound {
        call_sid: sid.clone(),
        first,
        to: to.clone(),
        caller_id: user.virtual_number.reveal().to_owned(),
        app_id: Some(app.app_id.clone()),
        time_out_s: None,
        time_limit_s: None,
    }));
    let from = if platform.quirks.has(Quirk::NoVoip) {
        String::new()
    } else {
        from
    };
    let data = json!({
        "CallSid": sid, "FromNumber": from, "ToNumber": to, "AppID": app.app_id,
        "CustomerId": app.customer_id, "VirtualNumber": user.virtual_number, "Direction": "outbound",
    });
    Ok(done(platform, data))
}

/// `GET /call/inbound_call/{appId}`: what a flow's Connect applet asks for. No credential is shown.
pub(super) fn notify(platform: &mut Platform, _: Instant, ask: &Ask) -> Result<Yes, No> {
    let app_id = ask.in_path("app_id").to_owned();
    if !platform.records.apps.contains_key(&app_id) {
        return Err(No::bad("There is no such app"));
    }
    let notification = Notification::from(ask.in_query("type").unwrap_or_default());
    if notification.setting().is_none() {
        return Err(No::bad("type is popup, incomingcallhungup or missedcall"));
    }
    let said = |name: &str| {
        ask.in_query(name)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let call = FlowCall {
        sid: said("CallSid"),
        from: said("CallFrom"),
        to: said("CallTo"),
    };
    // Nobody has to say who they are here: another's call is not theirs to announce.
    let known = call
        .sid
        .as_deref()
        .and_then(|sid| platform.records.calls.get(sid));
    if known.is_some_and(|known| !known.came_in_for(&app_id)) {
        return Err(No::bad("CallSid is no inbound call of this app"));
    }
    platform.out.push_back(Consequence::Notify {
        app_id,
        notification,
        call,
    });
    Ok(done(platform, Value::from("Success")))
}
