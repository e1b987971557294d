//! One subscriber, by name.

use exotel::subscribers::SubscriberStatus;
use exotel::{IST, Timestamp};
use serde_json::{Value, json};
use sip::Instant;

use super::super::{Ask, No, Platform, Quirk, Yes};

/// `GET /subscribers/{name}`
pub(super) fn get(platform: &mut Platform, _: Instant, ask: &Ask) -> Result<Yes, No> {
    let sid = super::account(platform, ask)?;
    let subscriber = super::find(platform, &sid, ask.in_path("name"))?;
    Ok(Yes::Done(json!(subscriber.record)))
}

/// `PUT /subscribers/{name}`: the status is mandatory.
pub(super) fn update(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let sid = super::account(platform, ask)?;
    let name = ask.in_path("name");
    super::find(platform, &sid, name)?;
    let body: Value = ask.json()?;
    let status = body.get("status").and_then(Value::as_str).unwrap_or_default();
    let status = SubscriberStatus::from(status);
    if matches!(status, SubscriberStatus::Other(_)) {
        return Err(No::bad("status is mandatory: active or inactive"));
    }
    let note = match body.get("custom_field") {
        None => None,
        Some(Value::Null) => Some(None),
        Some(Value::String(text)) => Some(Some(text.as_str().into())),
        Some(_) => return Err(No::bad("custom_field is a string")),
    };
    let time = Timestamp::at(platform.wall(now), IST);
    let subscriber = platform
        .records
        .subscribers
        .get_mut(&sid)
        .and_then(|all| all.get_mut(name));
    let record = subscriber.map(|subscriber| {
        let record = &mut subscriber.record;
        record.status = status;
        record.date_updated = time;
        if let Some(note) = note {
            record.custom_field = note;
        }
        json!(record)
    });
    Ok(Yes::Done(record.unwrap_or_default()))
}

/// `DELETE /subscribers/{name}`: 204 and no body.
pub(super) fn delete(platform: &mut Platform, _: Instant, ask: &Ask) -> Result<Yes, No> {
    let sid = super::account(platform, ask)?;
    let name = ask.in_path("name");
    super::find(platform, &sid, name)?;
    let gone = platform
        .records
        .subscribers
        .get_mut(&sid)
        .and_then(|all| all.remove(name));
    Ok(match platform.quirks.has(Quirk::DeletedAs200) {
        true => Yes::Done(json!(gone.map(|subscriber| subscriber.record))),
        false => Yes::Nothing,
    })
}
