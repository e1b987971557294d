//! What cannot be taken back: said in full, and typed before it is done.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use protocol::admin::confirm::Confirm;
use softphone::language::{fill, t};

use super::act::Act;
use super::field::{Field, form, line};
use crate::elements::live::flag;
use crate::screens::ask::{Refusal, written};

/// What is done once it was typed: given the body.
pub(crate) type Deed = Box<dyn Fn(Option<String>) -> Pending>;

/// Something asked, whose answer says what to tell.
pub(crate) type Pending = Pin<Box<dyn Future<Output = Result<String, Refusal>>>>;

/// The inside of a dialog that asks for it. `says` are sentences of what will happen; `word` is what must be typed.
pub(crate) fn typed(says: Vec<String>, word: &str, button: &'static str, deed: Deed) -> AnyView {
    let field = Field::new("typed", "");
    let act = Act::new();
    let says: Vec<AnyView> = says
        .into_iter()
        .map(|sentence| view! { <p>{sentence}</p> }.into_any())
        .collect();
    let send = move || {
        if field.needed(t("Type it first.")) {
            let body = written(&Confirm { typed: field.now() });
            act.run_form(vec![field], deed(body));
        }
    };
    let inside = view! {
        <div class="stack">{says}</div>
        <p>{fill("Type {0} to go on.", &[word])}</p>
        {line(field, t("Type it here"), "")}
        {act.told()}
        <div class="actions">
            <button type="submit" class="button hang-up" disabled=flag(move || act.busy())>{button}</button>
        </div>
    };
    form("stack", send, inside.into_any())
}

/// The inside of a dialog for what cannot be taken back but concerns one thing alone.
pub(crate) fn sure(says: Vec<String>, button: &'static str, deed: impl Fn() -> Pending + 'static) -> AnyView {
    let act = Act::new();
    let says: Vec<AnyView> = says
        .into_iter()
        .map(|sentence| view! { <p>{sentence}</p> }.into_any())
        .collect();
    view! {
        <div class="stack">
            {says}
            {act.told()}
            <div class="actions">{act.button("button hang-up", button, move || act.run(deed()))}</div>
        </div>
    }
    .into_any()
}
