//! A call rings here: who it is, *Answer*, *Decline*.

use leptos::html::Button;
use leptos::prelude::*;
use phone::view::LegView;
use phone::{CallId, Command};
use softphone::language::t;
use softphone::web::{marks, page, screen};
use softphone::words;

use super::Ui;
use super::call::{badge, number_below};
use crate::elements::icon::{self, Icon};
use crate::elements::live::{flag, live, maybe, nothing, press, text};

/// The popup. It takes the focus only from a page where nobody is typing.
#[component]
pub(super) fn Incoming(ui: Ui, id: CallId) -> AnyView {
    // The server may announce a caller before the call itself is here, and knows the number better.
    let peer = ui.part(|view| view.call.as_ref().map(|call| call.peer.clone()));
    let here = ui.part(|view| view.call.as_ref().is_some_and(|call| call.leg != LegView::Away));
    let about = ui.part(|view| {
        let number = view.call.as_ref().and_then(|call| call.virtual_number.as_deref());
        words::incoming(number)
    });
    let name = move || peer.with(|peer| peer.as_ref().map(words::peer_title).unwrap_or_default());
    let number = move || peer.with(|peer| peer.as_ref().map(number_below).unwrap_or_default());
    let answer_button = NodeRef::<Button>::new();
    let answer = move || {
        if !here.get_untracked() {
            return;
        }
        marks::mark("answer-clicked");
        ui.desk.send(Command::Answer(id));
    };
    let decline = move || ui.desk.send(Command::Decline(id));

    Effect::new(move |_| {
        if let Some(button) = answer_button.get()
            && here.get()
            && !screen::has_draft()
        {
            let _ = button.focus();
        }
    });
    screen::after_paint(|| marks::mark("ring-painted"));

    // Enter and Escape work wherever the focus is, except in a text being typed or on another button.
    StoredValue::new_local(page::on_key(move |key| {
        if key.command || key.repeat || screen::has_draft() {
            return false;
        }
        match key.key.as_str() {
            "Escape" => decline(),
            "Enter" if !screen::on_control() => answer(),
            _ => return false,
        }
        true
    }));

    view! {
        <section class="incoming" role="alertdialog" aria-labelledby="incoming-name" aria-describedby="incoming-about">
            <p id="incoming-about" class="incoming-about">{about}</p>
            <div class="incoming-who">
                {live(move || peer.with(|peer| peer.as_ref().map_or_else(nothing, |peer| badge(peer, true))))}
                <div class="who-text">
                    <h2 id="incoming-name">{text(name)}</h2>
                    <p class="who-number">{text(number)}</p>
                    {maybe(move || (!here.get()).then(|| view! { <p class="hint">{t("Connecting to your phone")}</p> }.into_any()))}
                </div>
            </div>
            <div class="incoming-actions">
                <button
                    type="button"
                    class="button hang-up wide"
                    aria-label=t("Decline")
                    aria-keyshortcuts="Escape"
                    data-key="Esc"
                    on:click=press(decline)
                >
                    <Icon d=icon::PHONE_OFF/>
                    {t("Decline")}
                </button>
                <button
                    type="button"
                    class="button call wide"
                    aria-label=t("Answer")
                    aria-keyshortcuts="Enter"
                    data-key="Enter"
                    node_ref=answer_button
                    disabled=flag(move || !here.get())
                    on:click=press(answer)
                >
                    <Icon d=icon::PHONE/>
                    {t("Answer")}
                </button>
            </div>
        </section>
    }
    .into_any()
}
