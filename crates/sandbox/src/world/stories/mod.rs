//! What the platform's calls tell, and in which order: each outcome as a story, read back as a receiver reads it.

mod dial_whom;
mod inbound;
mod outbound;
mod pins;

use exotel::Secret;
use exotel::hooks::{self, CallNotice, Hook, HookKind};
use exotel::integrations::{Setting, SettingKey};
use sip::Event;

use super::stage::{SDP, Stage};
use super::*;

/// A stage on which asha's app wants all webhooks.
pub(super) fn stage() -> Stage {
    let mut stage = Stage::new(&["asha"]);
    let app = stage.world.platform.records.apps.keys().next().unwrap().clone();
    for key in [
        SettingKey::Popup,
        SettingKey::IncomingCallHangup,
        SettingKey::MissedCall,
        SettingKey::Callback,
    ] {
        let url = format!("http://127.0.0.1:9/hooks/{}", key.as_str());
        set(&mut stage, &app, &key, &url);
    }
    stage
}

pub(super) fn set(stage: &mut Stage, app: &str, key: &SettingKey, value: &str) {
    let settings = stage
        .world
        .platform
        .records
        .settings
        .entry(app.to_owned())
        .or_default();
    let setting = Setting {
        customer_id: String::new(),
        app_id: app.to_owned(),
        key: key.clone(),
        value: Secret::from(value),
        more: Default::default(),
    };
    settings.insert(key.as_str().to_owned(), setting);
}

pub(super) fn app(stage: &Stage) -> String {
    stage.world.platform.records.apps.keys().next().unwrap().clone()
}

/// The INVITE at asha's: its id and `X-Exotel-Callsid`.
pub(super) fn incoming(stage: &Stage) -> (sip::CallId, String) {
    let found = stage.phones[0].events.iter().rev().find_map(|event| match event {
        Event::Incoming { id, headers, .. } => {
            Some((*id, headers.get("X-Exotel-Callsid").unwrap().to_owned()))
        }
        _ => None,
    });
    found.expect("an INVITE")
}

pub(super) fn answer(stage: &mut Stage) -> sip::CallId {
    let (id, _) = incoming(stage);
    stage.phones[0].ua.answer(stage.now, id, SDP.to_owned()).unwrap();
    stage.settle();
    id
}

pub(super) fn hang_up(stage: &mut Stage, id: sip::CallId) {
    stage.phones[0].ua.hang_up(stage.now, id, None).unwrap();
    stage.settle();
}

/// All that went out, as a receiver reads it.
pub(super) fn told(stage: &Stage) -> Vec<Hook> {
    stage.hooks.iter().map(|(_, request)| read(request)).collect()
}

pub(super) fn read(request: &Outgoing) -> Hook {
    let kind: HookKind = request.url.rsplit('/').next().unwrap().parse().unwrap();
    hooks::parse(kind, request.content_type, "", request.body.as_bytes()).unwrap()
}

pub(super) fn notices(stage: &Stage) -> Vec<CallNotice> {
    let notice = |hook| match hook {
        Hook::Popup(notice)
        | Hook::IncomingCallHungUp(notice)
        | Hook::MissedCall(notice)
        | Hook::Callback(notice) => notice,
        other => panic!("{other:?}"),
    };
    told(stage).into_iter().map(notice).collect()
}

/// `CallDetail`, `CallState` and `CallStatus` of each.
pub(super) fn words(stage: &Stage) -> Vec<String> {
    let line = |notice: &CallNotice| {
        let (detail, state) = (notice.call_detail.as_str(), notice.call_state.as_str());
        format!("{detail}/{state}/{}", notice.call_status.as_str())
    };
    notices(stage).iter().map(line).collect()
}
