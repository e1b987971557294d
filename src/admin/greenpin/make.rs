//! A new allocation.

use leptos::prelude::*;
use protocol::greenpin::{Allocated, NewAllocation};
use softphone::language::{fill, t};

use super::terms::Terms;
use super::{PATH, path_of, pins};
use crate::elements::live::maybe;
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, done};
use crate::screens::pieces::field::{Field, form, line};
use crate::screens::pieces::head::{head, link};

pub(super) fn draw(admin: Admin) -> AnyView {
    let transaction = Field::new("transaction_id", "");
    let terms = Terms::new();
    let act = Act::new();
    let made = RwSignal::new(None::<Allocated>);
    let send = move || {
        if !transaction.needed(t("Enter an id of your own.")) {
            return;
        }
        let Some(read) = terms.read() else { return };
        let new = NewAllocation {
            transaction_id: transaction.now(),
            terms: read,
        };
        let mut fields = terms.fields();
        fields.push(transaction);
        made.set(None);
        act.run_form(fields, async move {
            let told: Allocated = admin.send("POST", PATH, &new).await?;
            made.set(Some(told));
            Ok(String::new())
        });
    };
    let inside = view! {
        {line(transaction, t("Your id"), t("Such as the order's. One in use is refused."))}
        {terms.drawn(t("Both may call"))}
        {act.told()}
        <div class="actions">{act.submit(t("Allocate"))}</div>
    };
    let actions = link("button quiet", "/admin/greenpin".to_owned(), t("All allocations"));
    view! {
        {head(t("A new allocation"), t("Lets two parties call each other over virtual numbers, without seeing each other's number."), actions)}
        {maybe(move || made.get().map(|told| shown(&told)))}
        <div class="card">{form("stack", send, inside.into_any())}</div>
    }
    .into_any()
}

fn shown(told: &Allocated) -> AnyView {
    let id = &told.allocation.greenpin_id;
    view! {
        <div class="stack">
            {done(&fill("{0} is allocated.", &[id]))}
            {pins::told(told)}
            {link("button small", path_of(id), t("Open the allocation"))}
        </div>
    }
    .into_any()
}
