//! The languages there are, each called by its own name. Between calls only: the page is loaded anew.

use leptos::prelude::*;
use softphone::language::t;
use softphone::web::language;

use crate::elements::live::{nothing, press};

/// A button for each; nothing where English is the only one.
#[component]
pub(crate) fn Languages() -> AnyView {
    let others = language::others();
    if others.is_empty() {
        return nothing();
    }
    let current = language::current();
    let buttons: Vec<AnyView> = ["en".to_owned()]
        .into_iter()
        .chain(others)
        .map(|code| {
            let (name, chosen) = (language::name(&code), code == current);
            let lang = code.clone();
            let choose = press(move || {
                if !chosen {
                    language::choose(&code);
                }
            });
            view! {
                <button type="button" class="choice" lang=lang aria-pressed=chosen.to_string() on:click=choose>
                    {name}
                </button>
            }
            .into_any()
        })
        .collect();
    view! {
            <section class="device" aria-labelledby="language-title">
                <h2 id="language-title">{t("Language")}</h2>
                <div class="choices" role="group" aria-labelledby="language-title">{buttons}</div>
            </section>
    }
    .into_any()
}
