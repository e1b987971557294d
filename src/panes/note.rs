//! The agent's note of a call: a word of the policy's list, and a text.

use leptos::prelude::*;
use softphone::companion::{History, Note};
use softphone::language::t;
use softphone::notices::Notice;
use softphone::notices::companion::{NOT_HEARD, refusal};
use softphone::panes_wire::FromPanes;
use softphone::web::ask::{self, Reply};
use softphone::web::spawn;

use crate::board::Board;
use crate::drafts;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{flag, live, maybe, nothing, press, text};
use crate::elements::notice;

/// How what stands in the fields is kept.
///
/// ```text
///  Saved ◄──────────── Saving ◄──┐
///    │                    │      │ Save
///    └──typed──► Draft ◄──┴──refused, typed meanwhile
/// ```
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    /// The server has it, or there is nothing.
    Saved,
    /// In this browser alone; perhaps with the reason why the server did not take it.
    Draft(Option<Notice>),
    /// On its way.
    Saving,
}

/// The note that the server has of a call; empty where it does not know the call yet, or does not answer.
pub(crate) async fn saved(sid: &str) -> Note {
    match ask::get(&["/api/calls/", sid].concat()).await {
        Reply::Said(said) => {
            let call = History::read(&said).calls.into_iter().next();
            call.and_then(|call| call.note).unwrap_or_default()
        }
        Reply::Refused(..) | Reply::Unreachable => Note::default(),
    }
}

/// The fields for a call of which this program has not read the note: they come once it has, since saving writes over it.
#[component]
pub(crate) fn Reader(board: Board, sid: String) -> AnyView {
    let read = RwSignal::new(None);
    let asked = sid.clone();
    spawn(async move {
        let note = saved(&asked).await;
        read.try_set(Some(note));
    });
    maybe(move || {
        let (sid, saved) = (sid.clone(), read.get()?);
        Some(view! { <Editor board sid saved done=Callback::new(|_| ())/> }.into_any())
    })
}

/// The fields. What was typed before a crash is there again.
#[component]
pub(crate) fn Editor(
    board: Board,
    sid: String,
    saved: Note,
    /// Told what the server has taken.
    done: Callback<Note>,
) -> AnyView {
    let agent = board.agent.get_untracked();
    let draft = drafts::find(&agent, &sid);
    board.unsaved.update(|calls| calls.retain(|call| *call != sid));
    let stage = RwSignal::new(match draft {
        Some(_) => Stage::Draft(None),
        None => Stage::Saved,
    });
    let note = RwSignal::new(draft.unwrap_or(saved));
    let (left, field) = ((agent.clone(), sid.clone()), ["note-", &sid].concat());
    on_cleanup(move || {
        // No editor has it now: it is told of again.
        let (agent, sid) = left;
        if drafts::find(&agent, &sid).is_some() && board.agent.get_untracked() == agent {
            board.unsaved.update(|calls| calls.push(sid));
        }
    });
    let call = StoredValue::new((agent, sid));
    let typed = move |change: &dyn Fn(&mut Note)| {
        note.update(|note| change(note));
        // One at a time: what was typed meanwhile is seen when the answer is here.
        if stage.with_untracked(|stage| *stage != Stage::Saving) {
            stage.set(Stage::Draft(None));
        }
        let (agent, sid) = call.get_value();
        note.with_untracked(|note| drafts::keep(&agent, &sid, note));
    };
    let chosen = Memo::new(move |_| note.with(|note| note.disposition.clone()));
    let words = move || {
        let word = |word: String| {
            let (pressed, chosen) = (word.clone(), word.clone());
            view! {
                <button
                    type="button"
                    class="issue"
                    aria-pressed=text(move || note.with(|note| note.disposition == pressed).to_string())
                    on:click=press(move || typed(&|note: &mut Note| {
                        // Pressed again, it is taken back.
                        let word = if note.disposition == chosen { "" } else { &chosen };
                        note.disposition = word.to_owned();
                    }))
                >
                    {word}
                </button>
            }
            .into_any()
        };
        let mut list = board.policy.get().dispositions;
        // A word that has left the policy's list can still be taken back.
        let chosen = chosen.get();
        if !chosen.is_empty() && !list.contains(&chosen) {
            list.push(chosen);
        }
        let words: Vec<AnyView> = list.into_iter().map(word).collect();
        if words.is_empty() {
            return nothing();
        }
        view! { <div class="issues" role="group" aria-label=t("How the call went")>{words}</div> }.into_any()
    };
    let stuck = Memo::new(move |_| match stage.get() {
        Stage::Draft(why) => why,
        Stage::Saved | Stage::Saving => None,
    });
    let draft = move || stage.with(|stage| matches!(stage, Stage::Draft(_)));
    let save = press(move || {
        if stage.with_untracked(|stage| matches!(stage, Stage::Draft(_))) {
            spawn(send(board, stage, note, call, done));
        }
    });
    let told = text(move || match stage.get() {
        Stage::Saved if note.with(|note| *note == Note::default()) => String::new(),
        Stage::Saved => t("Saved").to_owned(),
        Stage::Draft(_) => t("Not saved yet").to_owned(),
        Stage::Saving => t("Saving").to_owned(),
    });
    let forbidden = Memo::new(move |_| !board.policy.with(|policy| policy.notes));
    view! {
        <div class="note" hidden=flag(move || forbidden.get())>
            {live(words)}
            <label for=field.clone()>{t("Note")}</label>
            <textarea
                id=field
                rows="3"
                maxlength="10000"
                prop:value=move || note.with(|note| note.text.clone())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    typed(&|note: &mut Note| note.text = text.clone());
                }
            ></textarea>
            {maybe(move || stuck.get().map(|why| notice::told(&why, "bad", true, nothing())))}
            <div class="note-end">
                <button type="button" class="button primary small" disabled=flag(move || !draft()) on:click=save>
                    <Icon d=icon::CHECK/>
                    {t("Save note")}
                </button>
                <span class="hint" role="status">{told}</span>
            </div>
        </div>
    }
    .into_any()
}

async fn send(
    board: Board,
    stage: RwSignal<Stage>,
    note: RwSignal<Note>,
    call: StoredValue<(String, String)>,
    done: Callback<Note>,
) {
    stage.set(Stage::Saving);
    let (agent, sid) = call.get_value();
    let sent = note.get_untracked();
    let path = ["/api/calls/", &sid, "/note"].concat();
    let fields = [
        ("text", Some(sent.text.as_str())),
        ("disposition", Some(sent.disposition.as_str())),
    ];
    let run = board.past.run();
    let reply = ask::change("PUT", &path, &fields).await;
    // Closed meanwhile: what was typed stays a draft unless it was taken.
    let now = note.try_get_untracked();
    match reply {
        Reply::Said(_) => {
            board.past.change(|history| history.note(&sid, &sent));
            // Another editor may have gone on with the draft.
            if drafts::find(&agent, &sid).as_ref() == Some(&sent) {
                drafts::forget(&agent, &sid);
            }
            if now.as_ref().is_none_or(|now| *now == sent) {
                stage.try_set(Stage::Saved);
                done.try_run(sent);
            } else {
                stage.try_set(Stage::Draft(None));
            }
        }
        Reply::Refused(status, said) => {
            if let (401, Some(run)) = (status, run) {
                board.say(&FromPanes::SessionEnded(run));
            }
            stage.try_set(Stage::Draft(Some(refusal(&said))));
        }
        Reply::Unreachable => {
            stage.try_set(Stage::Draft(Some(NOT_HEARD)));
        }
    }
}
