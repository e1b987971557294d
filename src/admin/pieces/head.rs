//! The head of a screen, and the cards on it.

use leptos::prelude::*;

use super::field::fresh_id;

/// What the screen is, in a sentence, and what can be done on it.
pub(crate) fn head(title: &'static str, about: &'static str, actions: AnyView) -> AnyView {
    view! {
        <header class="screen-head">
            <div>
                <h1 tabindex="-1" id="screen-title">{title}</h1>
                <p class="hint">{about}</p>
            </div>
            <div class="actions">{actions}</div>
        </header>
    }
    .into_any()
}

/// A card with a title.
pub(crate) fn card(title: &'static str, inside: AnyView) -> AnyView {
    card_of(title.to_owned(), inside)
}

/// A card whose title is no text of ours.
pub(crate) fn card_of(title: String, inside: AnyView) -> AnyView {
    let id = fresh_id();
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id.clone()>{title}</h2>
            {inside}
        </section>
    }
    .into_any()
}

/// A link that looks like a button.
pub(crate) fn link(class: &'static str, to: String, label: &'static str) -> AnyView {
    view! { <a class=class href=to>{label}</a> }.into_any()
}
