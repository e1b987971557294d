//! The call card: who, how it stands, how long, and what can be done.

use leptos::prelude::*;
use phone::view::{CallView, LegView, Peer, Refusal};
use phone::{CallId, CallState, Command};
use softphone::language::t;
use softphone::notices::Notice;
use softphone::web::page;
use softphone::words;

use super::Ui;
use super::keypad::{Keypad, typed};
use crate::elements::icon::{self, Icon};
use crate::elements::live::{flag, live, maybe, nothing, press, text};
use crate::elements::notice;

/// The current call, from dialling or answering to its end.
#[component]
pub(super) fn Call(ui: Ui, id: CallId) -> AnyView {
    let peer = ui.part(|view| view.call.as_ref().map(|call| call.peer.clone()));
    let name = move || peer.with(|peer| peer.as_ref().map(words::peer_title).unwrap_or_default());
    let number = move || peer.with(|peer| peer.as_ref().map(number_below).unwrap_or_default());
    // Our own leg is up and nobody will say when the customer is on it.
    let open = part(ui, false, |call| {
        call.leg == LegView::Alone && call.state == CallState::Connecting
    });
    let state = part(ui, CallState::Ending, |call| call.state);
    let established = part(ui, None, |call| call.established);
    let held = part(ui, false, |call| call.held);
    let held_by_peer = part(ui, false, |call| call.held_by_peer);
    let owner = part(ui, None, |call| call.owner);
    let elsewhere = move || {
        let owner = owner.get();
        owner.is_some() && owner != ui.desk.page.get()
    };
    let timer = text(move || {
        let since = established.get();
        since.map_or_else(String::new, |since| {
            words::timer(ui.clock.get().saturating_sub(since) / 1000)
        })
    });
    let refused = ui.part(|view| {
        view.refusal.filter(|refusal| match refusal {
            Refusal::HoldRefused | Refusal::DigitRefused => true,
            Refusal::NotReady | Refusal::InCall | Refusal::BadNumber => false,
        })
    });
    let keypad = RwSignal::new(false);

    // After Answer or Call the pressed button is gone: the focus goes to the card, not to any of its buttons, where a
    // second press of Enter would hang up.
    let card = NodeRef::<leptos::html::Section>::new();
    Effect::new(move |_| {
        if let Some(card) = card.get() {
            let _ = card.focus();
        }
    });

    let chip = |text: &'static str| view! { <p class="chip">{text}</p> }.into_any();
    view! {
        <section
            class="body call-card"
            aria-label=t("This call")
            tabindex="-1"
            node_ref=card
            data-state=text(move || words::call_state_name(state.get()).to_owned())
        >
            <div class=text(move || if keypad.get() { "call-who compact" } else { "call-who" }.to_owned())>
                {live(move || peer.with(|peer| peer.as_ref().map_or_else(nothing, |peer| badge(peer, false))))}
                <div class="who-text">
                    <h2 class="call-name">{text(name)}</h2>
                    <p class="who-number">{text(number)}</p>
                </div>
            </div>
            <p class="call-line">
                <span class="call-state">{text(move || words::call_state(state.get()).to_owned())}</span>
                <span class="call-timer" role="timer">{timer}</span>
            </p>
            {maybe(move || open.get().then(|| chip(t("Line open: you hear them once they answer"))))}
            {maybe(move || held_by_peer.get().then(|| chip(t("They put you on hold"))))}
            {maybe(move || held.get().then(|| chip(t("On hold"))))}
            {maybe(move || elsewhere().then(|| chip(t("On this call in another tab"))))}
            {maybe(move || refused.get().map(|refusal| notice::told(&Notice::from(&refusal), "bad", true, nothing())))}
            {maybe(move || keypad.get().then(|| view! { <Digits ui id/> }.into_any()))}
            <Controls ui id keypad/>
            <button type="button" class="button hang-up wide" on:click=press(move || ui.desk.send(Command::HangUp(id)))>
                <Icon d=icon::PHONE_OFF/>
                {t("Hang up")}
            </button>
        </section>
    }
    .into_any()
}

/// The number, where the line above shows a name.
pub(super) fn number_below(peer: &Peer) -> String {
    words::peer_name(peer)
        .map(|_| words::peer_number(peer))
        .unwrap_or_default()
}

/// A part of the current call.
fn part<T>(ui: Ui, none: T, read: impl Fn(&CallView) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    ui.part(move |view| view.call.as_ref().map_or(none, &read))
}

/// *Mute*, *Hold*, *Keypad*.
#[component]
fn Controls(ui: Ui, id: CallId, keypad: RwSignal<bool>) -> AnyView {
    let muted = part(ui, false, |call| call.muted);
    let held = part(ui, false, |call| call.held);
    let holding = part(ui, false, |call| call.hold_pending);
    // On our own open leg as well: a menu may answer before anybody has said that the customer is on it.
    let up = part(ui, false, |call| {
        can_talk(call.state) || call.leg == LegView::Alone && call.state != CallState::Ending
    });
    view! {
        <div class="controls">
            <Toggle
                label=t("Mute")
                on=muted
                enabled=Memo::new(|_| true)
                off_icon=icon::MIC
                on_icon=icon::MIC_OFF
                press=Callback::new(move |()| ui.desk.send(Command::Mute(id, !muted.get_untracked())))
            />
            <Toggle
                label=t("Hold")
                on=held
                enabled=Memo::new(move |_| up.get() && !holding.get())
                off_icon=icon::PAUSE
                on_icon=icon::PLAY
                press=Callback::new(move |()| ui.desk.send(Command::Hold(id, !held.get_untracked())))
            />
            <Toggle
                label=t("Keypad")
                on=Memo::new(move |_| keypad.get())
                enabled=up
                off_icon=icon::KEYPAD
                on_icon=icon::KEYPAD
                press=Callback::new(move |()| keypad.update(|open| *open = !*open))
            />
        </div>
    }
    .into_any()
}

/// True once the far end hears us, or is about to again.
fn can_talk(state: CallState) -> bool {
    match state {
        CallState::Established | CallState::MediaDisrupted | CallState::RenewingMedia => true,
        CallState::OutgoingInitiated
        | CallState::Early
        | CallState::Ringing
        | CallState::Connecting
        | CallState::Incoming
        | CallState::Answering
        | CallState::Ending => false,
    }
}

/// A round button that stays pressed. Its name never changes; `aria-pressed` tells its state.
#[component]
fn Toggle(
    label: &'static str,
    on: Memo<bool>,
    enabled: Memo<bool>,
    off_icon: &'static str,
    on_icon: &'static str,
    press: Callback<()>,
) -> AnyView {
    view! {
        <button
            type="button"
            class="toggle"
            aria-pressed=text(move || on.get().to_string())
            disabled=flag(move || !enabled.get())
            on:click=crate::elements::live::press(move || press.run(()))
        >
            <span class="toggle-face">{live(move || view! { <Icon d=if on.get() { on_icon } else { off_icon }/> }.into_any())}</span>
            {label}
        </button>
    }
    .into_any()
}

/// Keys that send digits, and the digits sent.
#[component]
fn Digits(ui: Ui, id: CallId) -> AnyView {
    let sent = ui.part(|view| {
        view.call
            .as_ref()
            .map(|call| call.digits.clone())
            .unwrap_or_default()
    });
    let send = move |key: char| ui.desk.send(Command::Digit(id, key));
    StoredValue::new_local(page::on_key(move |key| {
        let Some(digit) = typed(&key).filter(|digit| *digit != '+' && !key.repeat) else {
            return false;
        };
        send(digit);
        true
    }));
    view! {
        <p class="digits" aria-live="polite" aria-label=t("Digits sent")>{sent}</p>
        <Keypad press=Callback::new(send)/>
    }
    .into_any()
}

/// The caller's initials in a circle.
pub(super) fn badge(peer: &Peer, ringing: bool) -> AnyView {
    let face = match words::initials(peer) {
        Some(letters) => letters.into_any(),
        None => view! { <Icon d=icon::USER/> }.into_any(),
    };
    let class = if ringing {
        "badge large ringing"
    } else {
        "badge large"
    };
    view! { <span class=class aria-hidden="true">{face}</span> }.into_any()
}
