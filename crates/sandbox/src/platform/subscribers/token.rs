//! Tokens for a subscriber's device: access for half an hour, refresh for a day.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exotel::subscribers::SubscriberStatus;
use serde_json::{Value, json};
use sip::Instant;

use super::super::wrapping::item;
use super::super::{Ask, No, Platform, Quirk, Yes};

const ACCESS_SECONDS: i64 = 30 * 60;
const REFRESH_SECONDS: i64 = 24 * 60 * 60;

/// `POST /subscriber-token`
pub(super) fn create(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let sid = super::account(platform, ask)?;
    if !platform
        .records
        .tenants
        .get(&sid)
        .is_some_and(|tenant| tenant.voip)
    {
        return Err(No::new(403, "VoIP is not enabled for this account"));
    }
    let body: Value = ask.json()?;
    let text = |name: &str| match body.get(name).and_then(Value::as_str) {
        Some(text) if !text.trim().is_empty() => Ok(text),
        _ => Err(No::bad(format!("{name} is mandatory"))),
    };
    let (platform_name, device, name) = (text("platform")?, text("device_id")?, text("subscriber_name")?);
    if !platform_name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(No::bad("platform is a word such as android or ios"));
    }
    let subscriber = super::find(platform, &sid, name)?;
    if subscriber.record.status == SubscriberStatus::Inactive {
        return Err(No::new(403, "The subscriber is inactive"));
    }
    let issued = platform.wall(now) / 1000;
    let mut issue = |seconds: i64, scope: &str| match platform.quirks.has(Quirk::OpaqueTokens) {
        true => STANDARD.encode(platform.mint.hex()),
        false => platform.mint.jwt(&json!({
            "iss": "exotel", "sub": name, "iat": issued, "exp": issued + seconds,
            "scope": scope, "client_id": sid, "device_id": device,
        })),
    };
    let both = json!({
        "refresh_token": issue(REFRESH_SECONDS, "refresh"),
        "access_token": issue(ACCESS_SECONDS, "voice"),
    });
    let token = match platform.quirks.has(Quirk::TokenText) {
        true => Value::from(STANDARD.encode(both.to_string())),
        false => both,
    };
    let data = json!({ "subscriber_name": name, "subscriber_token": token });
    Ok(match platform.quirks.has(Quirk::TokenNested) {
        true => Yes::Odd(json!({ "response": item(&data) })),
        false => Yes::Done(data),
    })
}
