//! A call rings here: who it is, *Answer*, *Decline*.

use leptos::html::Button;
use leptos::prelude::*;
use phone::{CallId, Command};
use softphone::web::{marks, page, screen};
use softphone::words;

use super::Ui;
use super::call::{badge, number_below};
use super::icon::{self, Icon};
use super::live::{nothing, press};

/// The popup. It takes the focus only from a page where nobody is typing.
#[component]
pub(super) fn Incoming(ui: Ui, id: CallId) -> AnyView {
    let Some(peer) = ui
        .desk
        .view
        .with_untracked(|view| view.call.as_ref().map(|call| call.peer.clone()))
    else {
        return nothing();
    };
    let answer_button = NodeRef::<Button>::new();
    let answer = move || {
        marks::mark("answer-clicked");
        ui.desk.send(Command::Answer(id));
    };
    let decline = move || ui.desk.send(Command::Decline(id));

    Effect::new(move |_| {
        if let Some(button) = answer_button.get()
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
            <p id="incoming-about" class="incoming-about">"Incoming call"</p>
            <div class="incoming-who">
                {badge(&peer, true)}
                <div class="who-text">
                    <h2 id="incoming-name">{words::peer_title(&peer)}</h2>
                    <p class="who-number">{number_below(&peer)}</p>
                </div>
            </div>
            <div class="incoming-actions">
                <button
                    type="button"
                    class="button hang-up wide"
                    aria-label="Decline"
                    aria-keyshortcuts="Escape"
                    data-key="Esc"
                    on:click=press(decline)
                >
                    <Icon d=icon::PHONE_OFF/>
                    "Decline"
                </button>
                <button
                    type="button"
                    class="button call wide"
                    aria-label="Answer"
                    aria-keyshortcuts="Enter"
                    data-key="Enter"
                    node_ref=answer_button
                    on:click=press(answer)
                >
                    <Icon d=icon::PHONE/>
                    "Answer"
                </button>
            </div>
        </section>
    }
    .into_any()
}
