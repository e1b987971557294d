//! Choosing and trying microphone, speaker and ringer: below the dial pad, and below a call.

use leptos::prelude::*;
use softphone::devices::{Device, Role};
use softphone::language::t;
use softphone::notices::Notice;
use softphone::web::{devices, rehearsal, spawn};

use crate::board::Board;
use crate::cleaning::Switch;
use crate::elements::fold::Fold;
use crate::elements::live::{flag, live, maybe, nothing, press};
use crate::elements::notice;
use crate::headset_buttons::Buttons;
use crate::level::Level;
use crate::rehearsal::Rehearsal;

/// Where it stands: one is drawn in each place, and ids must differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Below a call: nothing sounds that could disturb it.
    Call,
    /// Below the dial pad.
    Pad,
}

impl Beside {
    fn id(self, role: Role) -> &'static str {
        match (self, role) {
            (Self::Call, Role::Microphone) => "call-microphone",
            (Self::Call, Role::Speaker) => "call-speaker",
            (Self::Call, Role::Ringer) => "call-ringer",
            (Self::Pad, Role::Microphone) => "pad-microphone",
            (Self::Pad, Role::Speaker) => "pad-speaker",
            (Self::Pad, Role::Ringer) => "pad-ringer",
        }
    }
}

/// What has become of the devices, and the fold with the choices.
#[component]
pub(crate) fn Equipment(board: Board, beside: Beside) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            spawn(board.devices.look(board));
        }
    });
    // Out of sight, or with another agent, nothing listens to the microphone.
    let talking = board.line.is_talking();
    Effect::new(move |before: Option<String>| {
        let agent = board.agent.get();
        let is_shown = talking.get() == (beside == Beside::Call);
        if !is_shown || before.is_some_and(|before| before != agent) {
            open.set(false);
        }
        agent
    });
    let change = move || {
        let change = board.devices.change.get()?;
        let read = press(move || board.devices.change.set(None));
        let read = view! { <button type="button" class="button small" on:click=read>{t("OK")}</button> };
        Some(notice::told(
            &Notice::from(&change),
            "wait",
            true,
            read.into_any(),
        ))
    };
    view! {
        {maybe(change)}
        <Fold title=t("Microphone and speaker") open draw=move || view! { <Choices board beside/> }.into_any()/>
    }
    .into_any()
}

#[component]
fn Choices(board: Board, beside: Beside) -> AnyView {
    let named = Memo::new(move |_| !board.devices.present.with(Vec::is_empty));
    let unnamed = move || {
        let hint = t("The browser names your devices once this site may use the microphone.");
        view! { <p class="hint">{hint}</p> }.into_any()
    };
    let trial = |role| match beside {
        Beside::Pad => {
            let sound = press(move || {
                spawn(async move {
                    rehearsal::sample(role).await;
                });
            });
            view! { <button type="button" class="button small" on:click=sound>{t("Try it")}</button> }
                .into_any()
        }
        Beside::Call => nothing(),
    };
    let can_ring_apart = devices::can_choose_ringer();
    view! {
        <div class="equipment">
            {maybe(move || (!named.get()).then(unnamed))}
            <Choose board beside role=Role::Microphone label=t("Microphone") beside_it=nothing()/>
            <Level board/>
            <Switch board/>
            {devices::can_choose_speaker().then(|| view! { <Choose board beside role=Role::Speaker label=t("Speaker") beside_it=trial(Role::Speaker)/> })}
            {can_ring_apart.then(|| view! { <Choose board beside role=Role::Ringer label=t("Ringer") beside_it=trial(Role::Ringer)/> })}
            <Buttons board/>
            {(beside == Beside::Pad).then(|| view! { <Rehearsal/> })}
        </div>
    }
    .into_any()
}

/// One role's devices.
#[component]
fn Choose(board: Board, beside: Beside, role: Role, label: &'static str, beside_it: AnyView) -> AnyView {
    let id = beside.id(role);
    let chosen = Memo::new(move |_| {
        board.devices.choice.with(|choice| {
            choice
                .of(role)
                .map(|device| device.id.clone())
                .unwrap_or_default()
        })
    });
    let options = live(move || {
        let present = board.devices.present.get();
        let fitting = present
            .into_iter()
            .filter(|device| device.kind == role.kind() && !device.is_alias());
        let options: Vec<AnyView> = fitting.map(|device| choice(chosen, device)).collect();
        options.into_any()
    });
    let choose = move |event| board.devices.choose(board, role, &event_target_value(&event));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="field-line">
                <select id=id on:change=choose>
                    <option value="" prop:selected=flag(move || chosen.with(String::is_empty))>
                        {t("The computer's own choice")}
                    </option>
                    {options}
                </select>
                {beside_it}
            </div>
        </div>
    }
    .into_any()
}

fn choice(chosen: Memo<String>, device: Device) -> AnyView {
    let id = device.id.clone();
    view! { <option value=device.id prop:selected=flag(move || chosen.with(|chosen| *chosen == id))>{device.label}</option> }
        .into_any()
}
