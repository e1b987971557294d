//! A list of any length, of which only the rows in view are in the page. It is one stop of the Tab key: arrows, Page Up and
//! Down, Home and End move from row to row.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use softphone::web::screen;

use super::in_sight::InSight;
use super::live::{Text, text};

/// The list comes near its end with so many rows left below.
const NEAR: usize = 60;

/// What a list is given.
pub(crate) struct Listed {
    /// The id of its heading.
    pub(crate) heading: &'static str,
    /// How many rows there are.
    pub(crate) count: Memo<usize>,
    /// Draws a row. Its buttons take their `tabindex` from the place they are given.
    pub(crate) row: Box<dyn Fn(Place) -> AnyView + Send>,
    /// Told when the rows below become few: there may be more to fetch.
    pub(crate) near_end: Box<dyn Fn() + Send>,
}

/// A row's place in the list.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Counted from 0.
    pub(crate) index: usize,
    /// The row at which the Tab key stops.
    current: Memo<usize>,
}

impl Place {
    /// For the row's buttons.
    pub(crate) fn tabindex(self) -> Text {
        text(move || {
            if self.current.get() == self.index {
                "0"
            } else {
                "-1"
            }
            .to_owned()
        })
    }
}

/// The list. Rows are as high as `--row` in the style sheet says.
#[component]
pub(crate) fn Windowed(listed: Listed) -> AnyView {
    let Listed {
        heading,
        count,
        row,
        near_end,
    } = listed;
    let list = InSight::new(count);
    let chosen = RwSignal::new(0_usize);
    // A list that has become shorter still has a row for the Tab key.
    let current = Memo::new(move |_| chosen.get().min(count.get().saturating_sub(1)));
    let drawn = Memo::new(move |_| {
        let count = count.get();
        let range = list.measured.get().rows(count);
        let current = current.get();
        // The row with the focus stays, however far it is scrolled away.
        let before = (current < range.start && count > 0).then_some(current);
        let after = (current >= range.end && current < count).then_some(current);
        before.into_iter().chain(range).chain(after).collect::<Vec<_>>()
    });
    let key = move |event: KeyboardEvent| {
        let (now, at) = (list.measured.get_untracked(), current.get_untracked());
        let Some(to) = now.after_key(&event.key(), at, count.get_untracked()) else {
            return;
        };
        // A field in a row keeps its keys.
        if screen::in_text() {
            return;
        }
        event.prevent_default();
        chosen.set(to);
        if let Some(frame) = list.frame.get_untracked() {
            if let Some(top) = now.scrolled_to(to) {
                frame.set_scroll_top(top as i32);
                list.measure();
            }
            screen::focus_soon(
                frame.into(),
                ["[data-row='", &to.to_string(), "'] button"].concat(),
            );
        }
    };
    let item = move |index: usize| {
        let drawn = row(Place { index, current });
        let top = ["calc(var(--row) * ", &index.to_string(), ")"].concat();
        view! {
            <li
                class="windowed-row"
                style:top=top
                data-row=index.to_string()
                aria-setsize=text(move || count.get().to_string())
                aria-posinset=(index + 1).to_string()
                on:focusin=move |_| chosen.set(index)
            >
                {drawn}
            </li>
        }
        .into_any()
    };
    list.draws(drawn, NEAR, near_end, item);
    view! {
        <div class="windowed" node_ref=list.frame on:scroll=move |_| list.measure() on:keydown=key>
            <ul
                class="plain windowed-rows"
                aria-labelledby=heading
                node_ref=list.rows
                style:height=text(move || ["calc(var(--row) * ", &count.get().to_string(), ")"].concat())
            ></ul>
        </div>
    }
    .into_any()
}
