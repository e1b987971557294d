//! One allocation: shown, changed, given back.

use leptos::prelude::*;
use protocol::admin::greenpin::Party;
use protocol::greenpin::{Allocated, AllocationTerms, AllocationView, PartyView};
use softphone::language::t;

use super::terms::Terms;
use super::{api_of, live_news, pins, words};
use crate::elements::live::{maybe, press};
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::facts::{at, facts, or_dash};
use crate::screens::pieces::field::{form, fresh_id};
use crate::screens::pieces::head::{card, head, link};
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::ticking::ticking;
use crate::screens::pieces::typed::sure;

pub(super) fn draw(admin: Admin, id: &str) -> AnyView {
    let api = StoredValue::new(api_of(id));
    let allocation = Loaded::<AllocationView>::new(admin, move || api.get_value());
    let now = ticking();
    let gone = Over::<()>::closed();
    let actions = link("button quiet", "/admin/greenpin".to_owned(), t("All allocations"));
    let own = id.to_owned();
    view! {
        {head(t("Allocation"), t("As the platform has it now."), actions)}
        <div class="cards">
            {card(t("About"), allocation.shown(8, move |shown| about(&shown, now)))}
            <div class="stack">
                {card(t("Pins"), view! {
                    <p class="hint">{t("Each showing is recorded with your name. They hide again after 20 seconds.")}</p>
                    {pins::one(admin, api, Party::A)}
                    {pins::one(admin, api, Party::B)}
                }.into_any())}
                {card(t("Live"), live_news::draw(admin, Some(own), move || allocation.again()))}
            </div>
        </div>
        {card(t("Change"), change(admin, allocation, api))}
        <footer class="danger">
            <button type="button" class="button quiet bad" on:click=press(move || gone.open(()))>{t("Give this allocation back…")}</button>
        </footer>
        {gone.drawn(t("Give it back"), move |()| {
            let says = vec![t("From then on nobody can call over it, and its pins may be given to others. This cannot be undone.").to_owned()];
            sure(says, t("Give it back"), move || Box::pin(async move {
                admin.tell("DELETE", &api.get_value(), None).await?;
                gone.close();
                allocation.again();
                Ok(String::new())
            }))
        })}
    }
    .into_any()
}

fn about(shown: &AllocationView, now: RwSignal<u64>) -> AnyView {
    let party = |party: &PartyView| {
        let numbers = words::numbers(&party.numbers);
        let vns = words::numbers(&party.vns);
        view! { <span class="two"><span>{numbers}</span><span class="two-below">{t("over") } " " {vns}</span></span> }.into_any()
    };
    facts(vec![
        (t("Id"), or_dash(&shown.greenpin_id)),
        (t("Your id"), or_dash(&shown.transaction_id)),
        (t("State"), words::state(&shown.state)),
        (t("Who may call whom"), or_dash(words::usage(&shown.usage))),
        (t("Party A"), party(&shown.a)),
        (t("Party B"), party(&shown.b)),
        (t("Ends"), words::ends(&shown.deallocation_time, now)),
        (t("Calls"), or_dash(&shown.calls.to_string())),
        (t("Right pins"), or_dash(&shown.verified.to_string())),
        (t("Heard of last"), or_dash(&at(Some(shown.updated_at)))),
    ])
}

fn change(admin: Admin, allocation: Loaded<AllocationView>, api: StoredValue<String>) -> AnyView {
    let terms = Terms::new();
    let act = Act::new();
    let changed = RwSignal::new(None::<Allocated>);
    let nothing = RwSignal::new(false);
    let send = move || {
        let Some(read) = terms.read() else { return };
        nothing.set(read == AllocationTerms::default());
        if nothing.get_untracked() {
            return;
        }
        act.run_form(terms.fields(), async move {
            let told: Allocated = admin.send("PUT", &api.get_value(), &read).await?;
            allocation.put(told.allocation.clone());
            for field in terms.fields() {
                field.put("");
            }
            changed.set(Some(told));
            Ok(t("Changed.").to_owned())
        });
    };
    let id = fresh_id();
    let inside = view! {
        <p class="hint" id=id>{t("What is left empty stays as it is.")}</p>
        {terms.drawn(t("As it is"))}
        {maybe(move || nothing.get().then(|| hint("wait", t("Nothing is filled in, so nothing would change."))))}
        {act.told()}
        {maybe(move || changed.get().map(|told| pins::told(&told)))}
        <div class="actions">{act.submit(t("Change the allocation"))}</div>
    };
    form("stack", send, inside.into_any())
}
