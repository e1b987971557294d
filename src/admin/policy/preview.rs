//! What would change for whom.

use leptos::prelude::*;
use protocol::admin::policy::{PersonPreview, PolicyPreview};
use softphone::language::{fill, t};

use crate::screens::frame::role_word;
use crate::screens::pieces::head::card;

pub(super) fn draw(preview: &PolicyPreview) -> AnyView {
    let rows: Vec<AnyView> = preview.people.iter().map(row).collect();
    let rest = fill(
        "Nothing changes for {0} others.",
        &[&preview.unchanged.to_string()],
    );
    let none = rows
        .is_empty()
        .then(|| view! { <p>{t("Nothing changes for anybody.")}</p> }.into_any());
    let inside = view! { {none} <ul class="plain rows">{rows}</ul> <p class="hint">{rest}</p> };
    view! { <div role="status">{card(t("What would change for whom"), inside.into_any())}</div> }.into_any()
}

fn row(person: &PersonPreview) -> AnyView {
    let changes: Vec<AnyView> = person
        .changes
        .iter()
        .map(|change| view! { <span class="row-message">{change.clone()}</span> }.into_any())
        .collect();
    view! {
        <li><span class="two">
            <span class="two-title">{person.name.clone()} " · " {role_word(person.role)}</span>
            {changes}
        </span></li>
    }
    .into_any()
}
