//! An app's settings.

use exotel::Secret;
use exotel::integrations::{Setting, SettingKey};
use serde_json::{Value, json};
use sip::Instant;

use super::super::{Ask, Consequence, No, Platform, Yes};
use super::{app, done};

/// `POST /app_setting`: a key that is there is written over.
pub(super) fn add(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let app = app::of_token(platform, now, ask)?;
    let body: Value = ask.json()?;
    let text = |name: &str| match body.get(name) {
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.as_str()),
        Some(Value::String(_) | Value::Null) | None => Err(No::bad(format!("{name} is mandatory"))),
        Some(_) => Err(No::bad(format!("{name} is a string"))),
    };
    let key = SettingKey::from(text("Key")?);
    if matches!(key, SettingKey::Other(_)) {
        return Err(No::bad("There is no setting with this Key"));
    }
    let value = Secret::new(text("Value")?);
    check(&key, value.reveal())?;
    let setting = Setting {
        customer_id: app.customer_id,
        app_id: app.app_id.clone(),
        key: key.clone(),
        value: value.clone(),
        more: exotel::lenient::More::default(),
    };
    let data = json!(setting);
    let settings = platform.records.settings.entry(app.app_id.clone()).or_default();
    settings.insert(key.as_str().to_owned(), setting);
    platform.out.push_back(Consequence::SettingChanged {
        app_id: app.app_id,
        key,
        value: Some(value),
    });
    Ok(done(platform, data))
}

/// `GET /app_setting`: all, or the one that the query names.
pub(super) fn get(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let app = app::of_token(platform, now, ask)?;
    let settings = platform.records.settings.get(&app.app_id);
    let data = match ask.in_query("key") {
        Some("") => return Err(No::bad("key is mandatory")),
        Some(key) => {
            let key = SettingKey::from(key);
            let setting = settings.and_then(|settings| settings.get(key.as_str()));
            json!(setting.ok_or_else(|| No::not_found("Setting not found"))?)
        }
        None => settings
            .into_iter()
            .flat_map(|it| it.values())
            .map(|it| json!(it))
            .collect(),
    };
    Ok(done(platform, data))
}

/// `DELETE /app_setting`: the table says a body, the sample a query; either will do.
pub(super) fn delete(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let app = app::of_token(platform, now, ask)?;
    let in_body = || {
        let body: Option<Value> = serde_json::from_slice(&ask.body).ok();
        body?.get("Key")?.as_str().map(str::to_owned)
    };
    let key = ask.in_query("key").map(str::to_owned).or_else(in_body);
    let key = key.filter(|key| !key.is_empty());
    let key = SettingKey::from(key.ok_or_else(|| No::bad("key is mandatory"))?.as_str());
    let settings = platform.records.settings.get_mut(&app.app_id);
    if settings
        .and_then(|settings| settings.remove(key.as_str()))
        .is_none()
    {
        return Err(No::not_found("Setting not found"));
    }
    platform.out.push_back(Consequence::SettingChanged {
        app_id: app.app_id,
        key,
        value: None,
    });
    Ok(done(platform, Value::from("Deleted Successfully")))
}

fn check(key: &SettingKey, value: &str) -> Result<(), No> {
    let starts = |schemes: [&str; 2]| schemes.iter().any(|scheme| value.starts_with(scheme));
    match key {
        SettingKey::Record if !matches!(value, "true" | "false") => {
            Err(No::bad("record is \"true\" or \"false\""))
        }
        SettingKey::Streaming if !starts(["wss://", "ws://"]) => Err(No::bad("streaming is a wss URL")),
        SettingKey::Popup
        | SettingKey::IncomingCallHangup
        | SettingKey::MissedCall
        | SettingKey::Callback
        | SettingKey::Playback
            if !starts(["https://", "http://"]) =>
        {
            Err(No::bad(format!("{key} is an http or https URL")))
        }
        _ => Ok(()),
    }
}
