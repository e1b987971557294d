//! Pins: hidden until asked for, each asking recorded, and hidden again soon.

use leptos::prelude::*;
use protocol::Secret;
use protocol::admin::greenpin::{Party, RevealPin, RevealedPin};
use protocol::greenpin::Allocated;
use softphone::language::t;
use softphone::web::{clock, spawn};

use crate::elements::live::{live, press};
use crate::screens::Admin;
use crate::screens::pieces::act::Act;

/// How long a pin stays on the screen, ms.
const SHOWN: u32 = 20_000;

/// One party's pin.
pub(super) fn one(admin: Admin, api: StoredValue<String>, party: Party) -> AnyView {
    let pin = RwSignal::new(None::<RevealedPin>);
    let act = Act::new();
    let reveal = move || {
        act.run(async move {
            let path = [&api.get_value(), "/reveal"].concat();
            let told: RevealedPin = admin.send("POST", &path, &RevealPin { party }).await?;
            pin.set(Some(told));
            spawn(async move {
                clock::sleep(SHOWN).await;
                pin.try_set(None);
            });
            Ok(String::new())
        });
    };
    let name = match party {
        Party::A => t("Show the pin of A"),
        Party::B => t("Show the pin of B"),
    };
    view! {
        <div class="pin">
            {live(move || match pin.get() {
                None => act.button("button small", name, reveal),
                Some(RevealedPin { pin: Some(digits) }) => view! {
                    <b class="digits">{digits.reveal().to_owned()}</b>
                    <button type="button" class="button small quiet" on:click=press(move || pin.set(None))>{t("Hide")}</button>
                }
                .into_any(),
                Some(RevealedPin { pin: None }) => view! { <span>{t("The account does not show it.")}</span> }.into_any(),
            })}
            {act.told()}
        </div>
    }
    .into_any()
}

/// The pins in the answer to a making or changing; told this once.
pub(super) fn told(allocated: &Allocated) -> AnyView {
    let line = |name: &'static str, pin: &Option<Secret>| {
        let pin = pin.as_ref()?;
        Some(view! { <p>{name} " " <b class="digits">{pin.reveal().to_owned()}</b></p> }.into_any())
    };
    let lines: Vec<AnyView> = [
        line(t("Pin of A:"), &allocated.a_pin),
        line(t("Pin of B:"), &allocated.b_pin),
    ]
    .into_iter()
    .flatten()
    .collect();
    if lines.is_empty() {
        return ().into_any();
    }
    view! { <div class="secret">{lines} <p class="hint">{t("Pins are kept nowhere here; later they can be asked of the platform, and each asking is recorded.")}</p></div> }
        .into_any()
}
