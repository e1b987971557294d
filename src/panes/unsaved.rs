//! Notes that a crash or a hurry left unsaved: shown until they are opened.

use leptos::prelude::*;
use softphone::companion::History;
use softphone::language::{counted, t};
use softphone::notices::companion::{NOT_HEARD, refusal};
use softphone::notices::{Notice, UNSAVED_NOTES};
use softphone::panes_wire::FromPanes;
use softphone::web::ask::{self, Reply};
use softphone::web::spawn;

use crate::board::Board;
use crate::drafts;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, nothing, press};
use crate::elements::notice;

/// How many there are, and a way to open them one by one.
#[component]
pub(crate) fn Unsaved(board: Board) -> AnyView {
    let refused = RwSignal::new(None::<Notice>);
    maybe(move || {
        let calls = board.unsaved.get();
        let count = calls.len();
        let sid = calls.into_iter().next()?;
        let words = counted(
            count as u64,
            "{0} note is not saved yet.",
            "{0} notes are not saved yet.",
        );
        let open = press(move || spawn(open(board, sid.clone(), refused)));
        Some(
            view! {
                <div class="banner">
                    <Icon d=icon::ALERT/>
                    <p>{words}</p>
                    <button type="button" class="button small" on:click=open>{t("Open")}</button>
                </div>
                {maybe(move || refused.get().map(|why| notice::told(&why, "bad", true, nothing())))}
            }
            .into_any(),
        )
    })
}

/// Asked before they go: the agent wants to sign out, and has notes that are not saved.
#[component]
pub(crate) fn Leaving(board: Board) -> AnyView {
    maybe(move || {
        board.leaving.get().then(|| {
            let go = press(move || board.say(&FromPanes::SignOut));
            let stay = press(move || board.leaving.set(false));
            let answers = view! {
                <div class="note-end">
                    <button type="button" class="button small" on:click=stay>{t("Stay signed in")}</button>
                    <button type="button" class="button quiet small" on:click=go>{t("Sign out and delete them")}</button>
                </div>
            };
            notice::told(&UNSAVED_NOTES, "wait", true, answers.into_any())
        })
    })
}

async fn open(board: Board, sid: String, refused: RwSignal<Option<Notice>>) {
    let run = board.past.run();
    let reply = ask::get(&["/api/calls/", &sid].concat()).await;
    if board.past.run() != run {
        return;
    }
    let why = match reply {
        Reply::Said(said) => match History::read(&said).calls.into_iter().next() {
            Some(call) => return board.open(call),
            None => None,
        },
        // The server keeps calls only so long; there is nothing to write it to any more.
        Reply::Refused(404, _) => {
            drafts::forget(&board.agent.get_untracked(), &sid);
            None
        }
        Reply::Refused(_, said) => Some(refusal(&said)),
        Reply::Unreachable => Some(NOT_HEARD),
    };
    if why.is_none() {
        board.unsaved.update(|calls| calls.retain(|call| *call != sid));
    }
    refused.set(why);
}
