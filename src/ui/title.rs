//! The browser tab's title tells of a ringing call when the tab is not in front.

use leptos::prelude::*;
use softphone::web::page;
use softphone::words;

use super::Ui;

/// Keeps the title in step with the phone.
pub(super) fn follow(ui: Ui) {
    let title = ui.part(|view| {
        let unseen = view.missed.iter().filter(|missed| !missed.seen).count();
        words::tab_title(view.call.as_ref().map(|call| (call.state, &call.peer)), unseen)
    });
    Effect::new(move |_| title.with(|title| page::set_title(title)));
}
