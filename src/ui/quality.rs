//! How the call sounds, while it is carried here: a word, and what is wrong with what to do.

use leptos::prelude::*;
use phone::CallId;
use quality::{Grade, Trouble, Way};
use softphone::notices::Notice;
use softphone::words;

use super::Ui;
use crate::elements::live::{maybe, nothing};
use crate::elements::notice;

/// What is shown of a second.
#[derive(Clone, PartialEq)]
struct Shown {
    grade: Option<Grade>,
    dead: Option<Way>,
    trouble: Option<Trouble>,
}

/// The word and the notice of the call.
#[component]
pub(super) fn Quality(ui: Ui, id: CallId) -> AnyView {
    let shown = Memo::new(move |_| {
        ui.desk.sounds.with(|sounds| {
            let sounds = sounds.as_ref().filter(|sounds| sounds.call == id)?;
            let second = &sounds.verdict.second;
            Some(Shown {
                grade: (second.received > 0.0).then(|| Grade::of(second.mos)),
                dead: sounds.verdict.dead,
                trouble: sounds.verdict.troubles.first().copied(),
            })
        })
    });
    let grade = Memo::new(move |_| shown.get().and_then(|shown| shown.grade));
    let notice = Memo::new(move |_| {
        let shown = shown.get()?;
        let dead = shown.dead.map(Notice::from);
        dead.or_else(|| shown.trouble.map(Notice::from))
    });
    view! {
        {maybe(move || grade.get().map(|grade| {
            let (word, level) = words::grade(grade);
            view! {
                <p class="sounds" data-level=level>
                    <span class="bars" aria-hidden="true"><i></i><i></i><i></i></span>
                    <span class="unseen">"Call quality: "</span>
                    {word}
                </p>
            }
            .into_any()
        }))}
        {maybe(move || notice.get().map(|why| notice::told(&why, "wait", true, nothing())))}
    }
    .into_any()
}
