//! Sound the browser holds back, and a microphone that will not open.

use leptos::prelude::*;
use softphone::language::t;
use softphone::notices::Notice;

use super::Ui;
use crate::desk::MicState;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, nothing};
use crate::elements::notice;

/// Sound the browser holds back, and a microphone that will not open.
#[component]
pub(super) fn Banners(ui: Ui) -> AnyView {
    let silent = Memo::new(move |_| ui.desk.ring_blocked.get() || ui.desk.audio_blocked.get());
    let microphone = Memo::new(move |_| {
        ui.desk.microphone.with(|microphone| match microphone {
            MicState::Failed(fault) => Some(fault.clone()),
            MicState::WillAsk | MicState::Allowed | MicState::Open => None,
        })
    });
    view! {
        {maybe(move || {
            let banner = || view! {
                <div class="banner" role="alert">
                    <Icon d=icon::VOLUME_OFF/>
                    <p>{t("Sound is off until you click.")}</p>
                    // Any click is the permission the browser waits for; the shell listens for it.
                    <button type="button" class="button small">{t("Turn on sound")}</button>
                </div>
            };
            silent.get().then(|| banner().into_any())
        })}
        {maybe(move || microphone.get().map(|fault| notice::told(&Notice::from(&fault), "bad", true, nothing())))}
    }
    .into_any()
}
