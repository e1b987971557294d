//! The call card: who, how it stands, how long, and what can be done.

use leptos::prelude::*;
use phone::view::{CallView, Peer, Refusal};
use phone::{CallId, CallState, Command};
use softphone::notices::Notice;
use softphone::web::page;
use softphone::words;

use super::icon::{self, Icon};
use super::keypad::{Keypad, typed};
use super::{Ui, notice};

/// The current call, from dialling or answering to its end.
#[component]
pub(super) fn Call(ui: Ui, id: CallId) -> impl IntoView {
    let peer = ui
        .desk
        .view
        .with_untracked(|view| view.call.as_ref().map(|call| call.peer.clone()))?;
    let state = part(ui, CallState::Ending, |call| call.state);
    let established = part(ui, None, |call| call.established);
    let held = part(ui, false, |call| call.held);
    let held_by_peer = part(ui, false, |call| call.held_by_peer);
    let owner = part(ui, None, |call| call.owner);
    let elsewhere = move || {
        let owner = owner.get();
        owner.is_some() && owner != ui.desk.page.get()
    };
    let timer = Memo::new(move |_| {
        established
            .get()
            .map(|since| words::timer(ui.clock.get().saturating_sub(since) / 1000))
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

    let title = words::peer_title(&peer);
    let number = words::peer_name(&peer).map(|_| words::peer_number(&peer));
    Some(view! {
        <section class="body call-card" aria-label="Call" tabindex="-1" node_ref=card data-state=move || words::call_state_name(state.get())>
            <div class="call-who" class:compact=keypad>
                {badge(&peer, false)}
                <div class="who-text">
                    <h2 class="call-name">{title}</h2>
                    {number.map(|number| view! { <p class="who-number">{number}</p> })}
                </div>
            </div>
            <p class="call-line">
                <span class="call-state">{move || words::call_state(state.get())}</span>
                {move || timer.get().map(|time| view! { <span class="call-timer" role="timer">{time}</span> })}
            </p>
            {move || held_by_peer.get().then(|| view! { <p class="chip">"They put you on hold"</p> })}
            {move || held.get().then(|| view! { <p class="chip">"On hold"</p> })}
            {move || elsewhere().then(|| view! { <p class="chip">"On this call in another tab"</p> })}
            {move || refused.get().map(|refusal| notice::told(&Notice::from(&refusal), "bad", true, ().into_any()))}
            {move || keypad.get().then(|| view! { <Digits ui id/> })}
            <Controls ui id keypad/>
            <button type="button" class="button hang-up wide" on:click=move |_| ui.desk.send(Command::HangUp(id))>
                <Icon d=icon::PHONE_OFF/>
                "Hang up"
            </button>
        </section>
    })
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
fn Controls(ui: Ui, id: CallId, keypad: RwSignal<bool>) -> impl IntoView {
    let muted = part(ui, false, |call| call.muted);
    let held = part(ui, false, |call| call.held);
    let holding = part(ui, false, |call| call.hold_pending);
    let up = part(ui, false, |call| can_talk(call.state));
    view! {
        <div class="controls">
            <Toggle
                label="Mute"
                on=muted
                enabled=Memo::new(|_| true)
                off_icon=icon::MIC
                on_icon=icon::MIC_OFF
                press=Callback::new(move |()| ui.desk.send(Command::Mute(id, !muted.get_untracked())))
            />
            <Toggle
                label="Hold"
                on=held
                enabled=Memo::new(move |_| up.get() && !holding.get())
                off_icon=icon::PAUSE
                on_icon=icon::PLAY
                press=Callback::new(move |()| ui.desk.send(Command::Hold(id, !held.get_untracked())))
            />
            <Toggle
                label="Keypad"
                on=Memo::new(move |_| keypad.get())
                enabled=up
                off_icon=icon::KEYPAD
                on_icon=icon::KEYPAD
                press=Callback::new(move |()| keypad.update(|open| *open = !*open))
            />
        </div>
    }
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
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="toggle"
            aria-pressed=move || on.get().to_string()
            disabled=move || !enabled.get()
            on:click=move |_| press.run(())
        >
            <span class="toggle-face">{move || view! { <Icon d=if on.get() { on_icon } else { off_icon }/> }}</span>
            {label}
        </button>
    }
}

/// Keys that send digits, and the digits sent.
#[component]
fn Digits(ui: Ui, id: CallId) -> impl IntoView {
    let sent = ui.part(|view| {
        view.call
            .as_ref()
            .map(|call| call.digits.clone())
            .unwrap_or_default()
    });
    let press = move |key: char| ui.desk.send(Command::Digit(id, key));
    StoredValue::new_local(page::on_key(move |key| {
        let Some(digit) = typed(&key).filter(|digit| *digit != '+' && !key.repeat) else {
            return false;
        };
        press(digit);
        true
    }));
    view! {
        <p class="digits" aria-live="polite" aria-label="Digits sent">{sent}</p>
        <Keypad press=Callback::new(press)/>
    }
}

/// The caller's initials in a circle.
pub(super) fn badge(peer: &Peer, ringing: bool) -> impl IntoView + use<> {
    let face = match words::initials(peer) {
        Some(letters) => letters.into_any(),
        None => view! { <Icon d=icon::USER/> }.into_any(),
    };
    view! { <span class="badge large" class:ringing=ringing aria-hidden="true">{face}</span> }
}
