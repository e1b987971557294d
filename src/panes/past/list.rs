//! The list of past calls on the screen.

use leptos::prelude::*;
use softphone::language::{fill, t};
use softphone::notices::Notice;

use super::row::row;
use super::search::Search;
use super::{Past, Reading};
use crate::board::Board;
use crate::details::Details;
use crate::elements::live::{flag, maybe, press, text};
use crate::elements::notice;
use crate::elements::windowed::{Listed, Windowed};
use crate::unsaved::Unsaved;

/// The list, or one of its calls in detail; nothing where there is nobody to have calls.
#[component]
pub(crate) fn Calls(board: Board) -> AnyView {
    let somebody = Memo::new(move |_| board.past.run.get().is_some());
    let opened = Memo::new(move |_| board.opened.with(Option::is_some));
    maybe(move || {
        somebody.get().then(|| {
            view! {
                <section class="recent" aria-labelledby="recent-title" hidden=flag(move || opened.get())>
                    <List board/>
                </section>
                <Details board/>
            }
            .into_any()
        })
    })
}

#[component]
fn List(board: Board) -> AnyView {
    let past = board.past;
    let count = Memo::new(move |_| past.calls.with(|history| history.calls.len()));
    let failed = Memo::new(move |_| match past.reading.get() {
        Reading::Failed(why) => Some(why),
        Reading::Done | Reading::Newest | Reading::More => None,
    });
    let none = Memo::new(move |_| count.get() == 0 && past.reading.with(|reading| *reading == Reading::Done));
    let listed = Listed {
        heading: "recent-title",
        count,
        row: Box::new(move |place| row(board, place)),
        near_end: Box::new(move || untrack(|| past.more(board))),
    };
    let failure = move |why: Notice| {
        let again = press(move || past.again(board));
        let again =
            view! { <button type="button" class="button small" on:click=again>{t("Try again")}</button> };
        notice::told(&why, "bad", true, again.into_any())
    };
    view! {
        <h2 id="recent-title">{t("Recent calls")}</h2>
        <Unsaved board/>
        <Search board/>
        <p class="unseen" role="status">{text(move || said(past, count.get()))}</p>
        {maybe(move || failed.get().map(failure))}
        {maybe(move || none.get().then(|| {
            let all = past.wanted.with(|wanted| wanted.is_all());
            let words = if all { t("No calls yet.") } else { t("No call is like this.") };
            view! { <p class="hint none">{words}</p> }.into_any()
        }))}
        <Windowed listed/>
    }
    .into_any()
}

/// How many were found, for those who cannot see the list.
fn said(past: Past, count: usize) -> String {
    let sought = past.wanted.with(|wanted| !wanted.is_all());
    let done = past.reading.with(|reading| *reading == Reading::Done);
    let more = past.calls.with(|history| history.next.is_some());
    let number = count.to_string();
    match (sought && done, more) {
        (false, _) => String::new(),
        (true, true) => fill("More than {0} calls found", &[&number]),
        (true, false) => fill("Calls found: {0}", &[&number]),
    }
}
