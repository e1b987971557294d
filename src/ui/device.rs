//! Which device the platform rings: this browser, the agent's telephone, or none.

use leptos::prelude::*;
use softphone::companion::Device;
use softphone::language::{marked, t};
use softphone::web::spawn;

use super::Ui;
use crate::desk::DeviceSwitch;
use crate::elements::live::{maybe, nothing, press, text};
use crate::elements::notice;

const CHOICES: [(&str, Option<Device>); 3] = [
    (marked("Browser"), Some(Device::Browser)),
    (marked("Telephone"), Some(Device::Phone)),
    (marked("Off"), None),
];

/// The switch; absent until the platform has said what rings.
#[component]
pub(super) fn DeviceChoice(ui: Ui) -> AnyView {
    let known = Memo::new(move |_| ui.desk.device.with(|device| *device != DeviceSwitch::Unknown));
    let refused = Memo::new(move |_| match ui.desk.device.get() {
        DeviceSwitch::Refused { why, .. } => Some(why),
        DeviceSwitch::Unknown | DeviceSwitch::Settled(_) | DeviceSwitch::Switching { .. } => None,
    });
    maybe(move || {
        if !known.get() {
            return None;
        }
        let buttons = CHOICES.map(|(label, device)| choice(ui, label, device));
        Some(
            view! {
                <section class="device" aria-labelledby="device-title">
                    <h2 id="device-title">{t("Calls ring")}</h2>
                    <div class="choices" role="group" aria-labelledby="device-title">{Vec::from(buttons)}</div>
                    {maybe(move || refused.get().map(|why| notice::told(&why, "bad", true, nothing())))}
                </section>
            }
            .into_any(),
        )
    })
}

/// One device. Pressed is what the platform said last; busy is what it has been asked for.
fn choice(ui: Ui, label: &'static str, device: Option<Device>) -> AnyView {
    let state = ui.desk.device;
    let asked = move || state.with(|now| matches!(now, DeviceSwitch::Switching { to, .. } if *to == device));
    let switching = move || state.with(|now| matches!(now, DeviceSwitch::Switching { .. }));
    view! {
        <button
            type="button"
            class="choice"
            aria-pressed=text(move || (state.with(DeviceSwitch::active) == device).to_string())
            aria-busy=text(move || asked().to_string())
            aria-disabled=text(move || switching().to_string())
            on:click=press(move || {
                // Also what rings already: the platform may have been told otherwise elsewhere.
                let busy = state.with_untracked(|now| matches!(now, DeviceSwitch::Switching { .. }));
                if !busy {
                    spawn(ui.desk.switch_device(device));
                }
            })
        >
            {t(label)}
        </button>
    }
    .into_any()
}
