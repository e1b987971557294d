//! The dial pad: type, paste or press a number, see what will be dialled, call.

use leptos::html::Input;
use leptos::prelude::*;
use phone::LinkView;
use phone::view::Refusal;
use softphone::language::{fill, t};
use softphone::notices::Notice;
use softphone::notices::companion::NO_DIRECT_CALLS;
use softphone::number::{Dialled, grouped};
use softphone::web::{page, panes};

use super::Ui;
use super::keypad::{Keypad, typed};
use crate::desk::{Equipment, SignedIn, Standing};
use crate::elements::icon::{self, Icon};
use crate::elements::live::{flag, maybe, nothing, press, text};
use crate::elements::notice;

/// Field *Number*, keys, button *Call*.
#[component]
pub(super) fn Dialer(ui: Ui) -> AnyView {
    let field = NodeRef::<Input>::new();
    let ready = ui.part(|view| view.link == LinkView::Ready);
    let dialled = Memo::new(move |_| ui.typed.with(|text| Dialled::read(text)));
    // An unreadable text is called so only once the agent tries to call it: half a number is no mistake.
    let tried = RwSignal::new(false);

    let focus = move || {
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
        }
    };
    let add = move |key: char| {
        tried.set(false);
        ui.barred.set(false);
        ui.typed.update(|text| text.push(key));
    };
    let delete = move || {
        ui.typed.update(|text| {
            text.pop();
        });
    };
    let call = move || match dialled.get_untracked() {
        Dialled::Number(target) | Dialled::Address(target) => {
            ui.typed.set(String::new());
            ui.dial(&target);
        }
        Dialled::Empty => {
            // As on a mobile phone: an empty Call brings the last number back, another one calls it.
            ui.typed.set(ui.last.get_untracked());
            focus();
        }
        Dialled::Neither => {
            tried.set(true);
            focus();
        }
    };

    // Digits typed anywhere on the page go to the field.
    StoredValue::new_local(page::on_key(move |key| {
        let Some(digit) = typed(&key) else { return false };
        add(digit);
        focus();
        true
    }));

    // Said only where it differs from what stands in the field.
    let hint = text(move || match dialled.get() {
        Dialled::Number(target) | Dialled::Address(target) if ui.typed.with(|text| *text != target) => {
            fill("Will call {0}", &[&grouped(&target)])
        }
        Dialled::Number(_) | Dialled::Address(_) | Dialled::Empty | Dialled::Neither => String::new(),
    });
    let refused = ui.part(|view| {
        view.refusal.filter(|refusal| match refusal {
            Refusal::NotReady | Refusal::InCall | Refusal::BadNumber => true,
            Refusal::HoldRefused | Refusal::DigitRefused => false,
        })
    });
    let problem = maybe(move || {
        let why = if ui.barred.get() {
            Some(NO_DIRECT_CALLS)
        } else if tried.get() {
            Some(Notice::from(&Refusal::BadNumber))
        } else {
            refused.get().map(|refusal| Notice::from(&refusal))
        };
        why.map(|why| notice::told(&why, "bad", true, nothing()))
    });

    // The platform rings this browser first, and it cannot be rung.
    let without = move || {
        ui.desk.standing.with(|standing| {
            matches!(
                standing,
                Standing::SignedIn(SignedIn {
                    phone: Equipment::None(..),
                    ..
                })
            )
        })
    };
    let call_class = move || {
        if ready.get() {
            "button call wide"
        } else {
            "button call wide dim"
        }
        .to_owned()
    };

    view! {
        <form
            class="dialer"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                call();
            }
        >
            <div class="number">
                <label class="unseen" for="number">{t("Number")}</label>
                <input
                    id="number"
                    class="number-field"
                    type="tel"
                    placeholder=t("Number or SIP address")
                    autocomplete="off"
                    aria-describedby="number-hint pane-number"
                    node_ref=field
                    prop:value=ui.typed
                    on:input=move |event| {
                        tried.set(false);
                        ui.barred.set(false);
                        ui.typed.set(event_target_value(&event));
                    }
                />
                <button
                    type="button"
                    class="button quiet backspace"
                    hidden=flag(move || ui.typed.with(String::is_empty))
                    aria-label=t("Delete the last digit")
                    on:click=press(delete)
                >
                    <Icon d=icon::DELETE/>
                </button>
            </div>
            <p id="number-hint" class="hint number-hint" aria-live="polite">{hint}</p>
            // The server's word on it, which the panes ask for; it takes the place of ours.
            <p id=panes::NUMBER class="hint number-hint" aria-live="polite"></p>
            {problem}
            <Keypad press=Callback::new(add)/>
            <button type="submit" class=text(call_class) disabled=flag(without)>
                <Icon d=icon::PHONE/>
                {t("Call")}
            </button>
        </form>
    }
    .into_any()
}
