//! A list of any length, of which only the rows in view are in the page. It is one stop of the Tab key: arrows, Page Up and
//! Down, Home and End move from row to row.

use leptos::ev::KeyboardEvent;
use leptos::html::{Div, Ul};
use leptos::prelude::*;
use softphone::in_view::Measured;
use softphone::web::screen;

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

/// A row in the page. Leptos has a component that keeps rows by key, for 3 KB more of the program.
struct Drawn {
    index: usize,
    state: <AnyView as Render>::State,
    _owner: Owner,
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.state.unmount();
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
    let (frame, rows) = (NodeRef::<Div>::new(), NodeRef::<Ul>::new());
    let measured = RwSignal::new(Measured::default());
    let chosen = RwSignal::new(0_usize);
    // A list that has become shorter still has a row for the Tab key.
    let current = Memo::new(move |_| chosen.get().min(count.get().saturating_sub(1)));
    let measure = move || {
        if let (Some(frame), Some(rows)) = (frame.get_untracked(), rows.get_untracked()) {
            let count = count.get_untracked().max(1);
            measured.set(Measured {
                top: f64::from(frame.scroll_top()),
                height: f64::from(frame.client_height()),
                row: f64::from(rows.offset_height()) / count as f64,
            });
        }
    };
    let kept = StoredValue::new_local(None);
    Effect::new(move |_| {
        count.track();
        if let Some(frame) = frame.get() {
            measure();
            kept.set_value(Some(screen::on_resize(&frame, measure)));
        }
    });
    let drawn = Memo::new(move |_| {
        let count = count.get();
        let range = measured.get().rows(count);
        let current = current.get();
        // The row with the focus stays, however far it is scrolled away.
        let before = (current < range.start && count > 0).then_some(current);
        let after = (current >= range.end && current < count).then_some(current);
        before.into_iter().chain(range).chain(after).collect::<Vec<_>>()
    });
    Effect::new(move |_| {
        let last = drawn.with(|drawn| drawn.last().copied().unwrap_or_default());
        if last + NEAR >= count.get() {
            near_end();
        }
    });
    let key = move |event: KeyboardEvent| {
        let (now, at) = (measured.get_untracked(), current.get_untracked());
        let Some(to) = now.after_key(&event.key(), at, count.get_untracked()) else {
            return;
        };
        // A field in a row keeps its keys.
        if screen::in_text() {
            return;
        }
        event.prevent_default();
        chosen.set(to);
        if let Some(frame) = frame.get_untracked() {
            if let Some(top) = now.scrolled_to(to) {
                frame.set_scroll_top(top as i32);
                measure();
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
    // Rows live as long as they are drawn, not from one scroll to the next.
    let owner = Owner::current().unwrap_or_default();
    let shown = StoredValue::new_local(Vec::<Drawn>::new());
    Effect::new(move |_| {
        let wanted = drawn.get();
        let Some(list) = rows.get() else { return };
        shown.update_value(|shown| {
            shown.retain(|row| wanted.contains(&row.index));
            for (at, index) in wanted.into_iter().enumerate() {
                if shown.get(at).is_none_or(|row| row.index != index) {
                    let owner = owner.child();
                    let mut state = owner.with(|| item(index).build());
                    match shown.get(at) {
                        Some(next) => drop(next.state.insert_before_this(&mut state)),
                        None => state.mount(list.as_ref(), None),
                    }
                    let row = Drawn {
                        index,
                        state,
                        _owner: owner,
                    };
                    shown.insert(at, row);
                }
            }
        });
    });
    view! {
        <div class="windowed" node_ref=frame on:scroll=move |_| measure() on:keydown=key>
            <ul
                class="plain windowed-rows"
                aria-labelledby=heading
                node_ref=rows
                style:height=text(move || ["calc(var(--row) * ", &count.get().to_string(), ")"].concat())
            ></ul>
        </div>
    }
    .into_any()
}
