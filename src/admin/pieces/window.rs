//! The rows of a long table, of which only those in sight are drawn. (A list without columns, walked by arrow keys, is
//! `src/elements/windowed.rs`.)

use leptos::prelude::*;

use crate::elements::in_sight::InSight;
use crate::elements::live::text;

/// Rows before the end at which more are asked for.
const NEAR: usize = 30;

/// Draws `count` rows of `height` CSS pixels each, inside an element that scrolls. `draw` is asked for a row when it comes into
/// sight, and follows what it reads; `more` is called when the end comes near.
pub(crate) fn window(
    label: &'static str,
    class: &'static str,
    height: u32,
    count: Memo<usize>,
    draw: impl Fn(usize) -> AnyView + 'static,
    more: impl Fn() + 'static,
) -> AnyView {
    let list = InSight::new(count);
    let drawn = Memo::new(move |_| list.measured.get().rows(count.get()).collect::<Vec<_>>());
    let pixels = move |rows: usize| [&(rows * height as usize).to_string(), "px"].concat();
    let item = move |index: usize| {
        view! {
            <li class="window-row" role="row" aria-rowindex=(index + 2).to_string() style:top=pixels(index)>
                {draw(index)}
            </li>
        }
        .into_any()
    };
    list.draws(drawn, NEAR, more, item);
    let scrolled: Box<dyn FnMut(leptos::ev::Event)> = Box::new(move |_| list.measure());
    view! {
        <div class=["window ", class].concat() tabindex="0" role="rowgroup" aria-label=label node_ref=list.frame on:scroll=scrolled>
            <ul
                class="plain window-whole"
                role="presentation"
                node_ref=list.rows
                style:height=text(move || pixels(count.get()))
            ></ul>
        </div>
    }
    .into_any()
}
