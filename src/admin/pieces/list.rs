//! A list of many rows in columns, as a table for screen readers.

use leptos::prelude::*;

use super::load::skeleton;
use super::paged::{Paged, Reading};
use super::window::window;
use crate::elements::live::{live, nothing};

/// Height of a row, CSS pixels; www/style/admin.css has the same.
const ROW: u32 = 52;

/// Draws the list. `cells` gives a row's cells, as many as there are columns; the first one names it. Columns that only a wide
/// screen shows are said by the class, in www/style/admin.css.
pub(crate) fn list<R: Clone + Send + Sync + 'static>(
    label: &'static str,
    class: &'static str,
    columns: &[&'static str],
    paged: Paged<R>,
    cells: impl Fn(&R) -> Vec<AnyView> + Clone + Send + Sync + 'static,
    empty: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let count = Memo::new(move |_| paged.rows.with(Vec::len));
    let draw = move |index: usize| {
        let cells = cells.clone();
        live(move || {
            paged
                .rows
                .with(|rows| rows.get(index).map(|row| in_cells(cells(row))))
                .unwrap_or_else(nothing)
        })
    };
    let some = Memo::new(move |_| count.get() > 0);
    let waiting = Memo::new(move |_| paged.reading.with(|reading| *reading == Reading::Asked));
    let heads: Vec<AnyView> = columns
        .iter()
        .map(|title| view! { <span role="columnheader">{*title}</span> }.into_any())
        .collect();
    let head = view! { <div class="list-head" role="row">{heads}</div> }.into_any();
    view! {
        {paged.trouble()}
        <div class=["list ", class].concat() class:gone=move || !some.get() role="table" aria-label=label
            aria-rowcount=move || (count.get() + 1).to_string() aria-busy=move || waiting.get().to_string()>
            {head}
            {window(label, class, ROW, count, draw, move || paged.more())}
        </div>
        {live(move || match (some.get(), waiting.get()) {
            (false, true) => skeleton(8),
            (false, false) if paged.is_empty() => view! { <div class="empty">{empty()}</div> }.into_any(),
            (false, false) | (true, _) => nothing(),
        })}
    }
    .into_any()
}

fn in_cells(cells: Vec<AnyView>) -> AnyView {
    let cells: Vec<AnyView> = cells
        .into_iter()
        .map(|cell| view! { <div role="cell">{cell}</div> }.into_any())
        .collect();
    cells.into_any()
}

/// A cell of two lines.
pub(crate) fn two(title: AnyView, below: String) -> AnyView {
    view! { <span class="two"><span class="two-title">{title}</span><span class="two-below">{below}</span></span> }
        .into_any()
}

/// A cell of text.
pub(crate) fn plain(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! { <span class="plain-cell">{text}</span> }.into_any()
}

/// A word in a coloured pill: `good`, `bad`, `wait` or none.
pub(crate) fn pill(tone: &'static str, word: &str) -> AnyView {
    view! { <span class="pill" data-tone=tone>{word.to_owned()}</span> }.into_any()
}
