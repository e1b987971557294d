//! Settings of the app in use.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use exotel::integrations::{AddSetting, DeleteSetting, GetSetting, ListSettings, Setting, SettingKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use protocol::admin::settings::{SettingChange, SettingForm, SettingList, SettingView};
use protocol::webhooks::Drift;
use sha2::Sha256;

use crate::admin::meanwhile;
use crate::api::{Body, Name, whole};
use crate::auth::Caller;
use crate::hooks::{compare, shown, wanted};
use crate::{Answer, App, Refused};

/// The longest key that is looked up.
const LONGEST_KEY: usize = 64;

/// `GET /api/admin/settings`
pub async fn list(State(app): State<App>, caller: Caller) -> Answer<Json<SettingList>> {
    let found = match app.vendor.call(&caller.name, &ListSettings).await {
        Ok(found) => found,
        // How the vendor says that nothing is set yet.
        Err(error) if error.is_not_found() => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let documented = SettingKey::KNOWN.iter().map(|key| {
        let value = found.iter().find(|setting| setting.key == *key);
        view(&app, key, value)
    });
    let others = found.iter().filter(|it| matches!(it.key, SettingKey::Other(_)));
    let others = others.map(|setting| view(&app, &setting.key, Some(setting)));
    let settings = documented.chain(others).collect();
    Ok(Json(SettingList { settings }))
}

/// `GET /api/admin/settings/{key}`: a documented one that is not set is shown as such.
pub async fn show(State(app): State<App>, caller: Caller, Name(key): Name) -> Answer<Json<SettingView>> {
    let key = read_key(&key)?;
    let found = find(&app, &caller, &key).await?;
    if found.is_none() && matches!(key, SettingKey::Other(_)) {
        return Err(Refused::not_found("setting"));
    }
    Ok(Json(view(&app, &key, found.as_ref())))
}

/// `PUT /api/admin/settings/{key}`
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    Name(key): Name,
    Body(change): Body<SettingChange>,
) -> Answer<Json<SettingView>> {
    let key = read_key(&key)?;
    let add = match change.value {
        Some(value) => AddSetting {
            key: key.clone(),
            value: exotel::Secret::new(value.reveal()),
        },
        None => ours(&app, &key)?,
    };
    let work = move |app: App| async move {
        if let Some(seen) = change.seen {
            let now = find(&app, &caller, &key).await?;
            if tag(&app, &key, now.as_ref()) != seen {
                let operations = ["add_setting", "delete_setting"];
                return Err(meanwhile::changed_at_the_vendor(&app, key.as_str(), &operations).await);
            }
        }
        app.vendor.call(&caller.name, &add).await?;
        let now = find(&app, &caller, &key).await?;
        Ok(Json(view(&app, &key, now.as_ref())))
    };
    whole(&app, work).await
}

/// `DELETE /api/admin/settings/{key}`
pub async fn delete(State(app): State<App>, caller: Caller, Name(key): Name) -> Answer<StatusCode> {
    let key = read_key(&key)?;
    let work = move |app: App| async move {
        app.vendor.call(&caller.name, &DeleteSetting { key }).await?;
        Ok(StatusCode::NO_CONTENT)
    };
    whole(&app, work).await
}

fn read_key(text: &str) -> Answer<SettingKey> {
    let fits =
        (1..=LONGEST_KEY).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match fits {
        true => Ok(SettingKey::from(text)),
        false => Err(Refused::not_found("setting")),
    }
}

async fn find(app: &App, caller: &Caller, key: &SettingKey) -> Answer<Option<Setting>> {
    let get = GetSetting { key: key.clone() };
    match app.vendor.call(&caller.name, &get).await {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// This server's own address for a webhook, or what the configuration says of another setting.
fn ours(app: &App, key: &SettingKey) -> Answer<AddSetting> {
    let own = wanted(&app.config)
        .into_iter()
        .find(|setting| setting.key == *key);
    own.ok_or_else(|| {
        Refused::field(
            "value",
            "This setting needs a value: this server has none of its own for it.",
        )
    })
}

fn view(app: &App, key: &SettingKey, found: Option<&Setting>) -> SettingView {
    let (help, form) = about(key);
    let value = found.filter(|setting| !setting.value.is_empty());
    let compared = compare(&app.config, found.map(std::slice::from_ref).unwrap_or_default()).settings;
    let compared = compared.into_iter().find(|it| it.key == key.as_str());
    let ours = form == SettingForm::Webhook
        && compared
            .as_ref()
            .is_some_and(|it| matches!(it.drift, Drift::None | Drift::OlderSecret));
    SettingView {
        key: key.as_str().to_owned(),
        help: help.to_owned(),
        form,
        value: match compared {
            Some(compared) => compared.found,
            None => value.map(|setting| shown(setting.value.reveal())),
        },
        tag: tag(app, key, found),
        ours,
    }
}

/// A word that changes with the value and says nothing of it.
fn tag(app: &App, key: &SettingKey, found: Option<&Setting>) -> String {
    let secret = app.config.hooks.secrets.first();
    let secret = secret
        .map(|secret| secret.reveal().as_bytes())
        .unwrap_or_default();
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(key.as_str().as_bytes());
    mac.update(found.map_or("-", |setting| setting.value.reveal()).as_bytes());
    let bytes = mac.finalize().into_bytes();
    bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What a setting does (Integrations API, "Add new setting configuration"), and what its value looks like.
fn about(key: &SettingKey) -> (&'static str, SettingForm) {
    match key {
        SettingKey::Popup => (
            "Hears of an incoming call while it rings, so that it pops up. Not set: nobody sees who calls.",
            SettingForm::Webhook,
        ),
        SettingKey::IncomingCallHangup => (
            "Hears of the end of an incoming call. Not set: the end is learnt minutes later, from call details.",
            SettingForm::Webhook,
        ),
        SettingKey::MissedCall => (
            "Hears of a call that nobody took. Not set: missed calls are learnt minutes later.",
            SettingForm::Webhook,
        ),
        SettingKey::Callback => (
            "Hears how an outbound call goes. Not set: its outcome is learnt minutes later.",
            SettingForm::Webhook,
        ),
        SettingKey::Record => (
            "Whether outbound calls are recorded. Not set: they are not. Inbound recording is set in the call flow.",
            SettingForm::YesNo,
        ),
        SettingKey::Streaming => (
            "Where the audio of a call is streamed while it goes on. Not set: nowhere.",
            SettingForm::StreamUrl,
        ),
        SettingKey::Playback => (
            "What the agent hears until the call is connected. Not set: the operator's ringing tone.",
            SettingForm::AudioUrl,
        ),
        SettingKey::Other(_) => ("", SettingForm::Text),
    }
}
