//! A heading that opens and closes what is below it. What is closed is not there at all, so that nothing of it runs.

use leptos::prelude::*;

use super::icon::{self, Icon};
use super::live::{maybe, press, text};

/// Draws it; `draw` is called each time it opens.
#[component]
pub(crate) fn Fold(
    title: &'static str,
    open: RwSignal<bool>,
    draw: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    view! {
        <section class="fold">
            <button
                type="button"
                class="fold-title"
                aria-expanded=text(move || open.get().to_string())
                on:click=press(move || open.update(|open| *open = !*open))
            >
                {title}
                <Icon d=icon::CHEVRON/>
            </button>
            {maybe(move || open.get().then(&draw))}
        </section>
    }
    .into_any()
}
