//! The rows of a long table, of which only those in sight are drawn: ten thousand rows scroll like forty. (A list without columns,
//! walked by arrow keys, is `src/elements/windowed.rs`.)

use leptos::html::Div;
use leptos::prelude::*;
use softphone::web::place;

/// Rows drawn above and below those in sight, so that a quick scroll shows no gap.
const SPARE: usize = 8;
/// Rows before the end at which more are asked for.
const NEAR: usize = 30;

/// Draws `count` rows of `height` CSS pixels each, inside an element that scrolls. `draw` is asked for a row when it comes into
/// sight, and follows what it reads; `more` is called when the end comes near.
pub(crate) fn window(
    label: &'static str,
    class: &'static str,
    height: u32,
    count: Memo<usize>,
    draw: impl Fn(usize) -> AnyView + Clone + Send + 'static,
    more: impl Fn() + 'static,
) -> AnyView {
    let node = NodeRef::<Div>::new();
    let top = RwSignal::new(0_i32);
    let shown = Memo::new(move |_| {
        let height = height as usize;
        let first = (top.get().max(0) as usize / height).saturating_sub(SPARE);
        let sight = place::height() as usize / height + 1;
        let last = (first + sight + 2 * SPARE).min(count.get());
        // In steps, so that a scroll by a row redraws nothing.
        (first - first % 4, last.div_ceil(4) * 4)
    });
    Effect::new(move |_| {
        let (_, last) = shown.get();
        if last + NEAR >= count.get() {
            more();
        }
    });
    let scrolled: Box<dyn FnMut(leptos::ev::Event)> = Box::new(move |_| {
        if let Some(node) = node.get_untracked() {
            top.set(node.scroll_top());
        }
    });
    let range = move || {
        let (first, last) = shown.get();
        first..last.min(count.get())
    };
    let row = move |index: usize| {
        let place = [&(index * height as usize).to_string(), "px"].concat();
        view! {
            <div class="window-row" role="row" aria-rowindex=(index + 2).to_string() style:top=place>
                {draw(index)}
            </div>
        }
        .into_any()
    };
    let whole = move || [&(count.get() * height as usize).to_string(), "px"].concat();
    view! {
        <div class=["window ", class].concat() tabindex="0" role="rowgroup" aria-label=label node_ref=node on:scroll=scrolled>
            <div class="window-whole" role="presentation" style:height=whole>
                <For each=range key=|index| *index children=row/>
            </div>
        </div>
    }
    .into_any()
}
