//! Several allocations changed at once: each succeeds or fails by itself.

use leptos::prelude::*;
use protocol::admin::greenpin::{
    AllocationChange, AllocationChanged, AllocationChanges, AllocationsChanged, ItemOutcome,
};
use protocol::greenpin::{AllocationList, AllocationTerms};
use softphone::language::{fill, t};

use super::terms::Terms;
use super::{PATH, path_of};
use crate::elements::live::{maybe, press};
use crate::screens::Admin;
use crate::screens::pieces::act::Act;
use crate::screens::pieces::field::{Field, area, form};
use crate::screens::pieces::head::{head, link};
use crate::screens::pieces::list::pill;

/// More are refused.
const MOST: usize = 100;

pub(super) fn draw(admin: Admin) -> AnyView {
    let ids = Field::new("changes", "");
    let terms = Terms::new();
    let act = Act::new();
    let items = RwSignal::new(Vec::<AllocationChanged>::new());
    let send = move || {
        let Some(changes) = read(ids, terms) else { return };
        items.set(Vec::new());
        act.run_form(vec![ids], async move {
            let told: AllocationsChanged = admin.send("PUT", PATH, &changes).await?;
            let good = |item: &&AllocationChanged| matches!(item.outcome, ItemOutcome::Changed(_));
            let changed = told.items.iter().filter(good).count();
            let sentence = fill(
                "{0} of {1} changed.",
                &[&changed.to_string(), &told.items.len().to_string()],
            );
            items.set(told.items);
            Ok(sentence)
        });
    };
    let inside = view! {
        {area(ids, t("Allocations"), t("Their ids, one a line, at most 100."), "6")}
        <div class="actions">{listed(admin, ids)}</div>
        {terms.drawn(t("As it is"))}
        {act.told()}
        <div class="actions">{act.submit(t("Change them"))}</div>
    };
    let actions = link("button quiet", "/admin/greenpin".to_owned(), t("All allocations"));
    view! {
        {head(t("Change several"), t("The same terms for many allocations. What is left empty stays as it is; one that is refused stops no other."), actions)}
        <div class="card">{form("stack", send, inside.into_any())}</div>
        {maybe(move || {
            let rows: Vec<AnyView> = items.with(|items| items.iter().map(row).collect());
            (!rows.is_empty()).then(|| view! { <ul class="plain rows" aria-label=t("Results")>{rows}</ul> }.into_any())
        })}
    }
    .into_any()
}

/// The active ones that we have heard of, as a start.
fn listed(admin: Admin, ids: Field) -> AnyView {
    let act = Act::new();
    let fetch = move || {
        act.run(async move {
            let list: AllocationList = admin.get(&[PATH, "?limit=1000"].concat()).await?;
            let active = list.allocations.into_iter().filter(|one| one.state == "active");
            let mut lines: Vec<String> = active.map(|one| one.greenpin_id).collect();
            let all = lines.len();
            lines.truncate(MOST);
            ids.put(lines.join("\n"));
            Ok(match all {
                0 => t("None is active.").to_owned(),
                1..=MOST => String::new(),
                _ => fill(
                    "{0} are active. Here are the 100 heard of last; change the others in further goes.",
                    &[&all.to_string()],
                ),
            })
        });
    };
    view! {
        {act.button("button small", t("Take the active ones"), fetch)}
        <button type="button" class="button small quiet" on:click=press(move || ids.put(""))>{t("Empty")}</button>
        {act.told()}
    }
    .into_any()
}

fn read(ids: Field, terms: Terms) -> Option<AllocationChanges> {
    let text = ids.now();
    let mut named: Vec<&str> = text.split_whitespace().collect();
    named.sort_unstable();
    named.dedup();
    let terms = terms.read()?;
    let fault = match (named.len(), terms == AllocationTerms::default()) {
        (0, _) => t("Enter at least one id."),
        (1..=MOST, true) => t("Fill in what is to change."),
        (1..=MOST, false) => {
            let change = |id: &str| AllocationChange {
                greenpin_id: id.to_owned(),
                terms: terms.clone(),
            };
            let changes = named.into_iter().map(change).collect();
            return Some(AllocationChanges { changes });
        }
        (_, _) => t("These are more than 100. Change them in several goes."),
    };
    ids.fault(fault);
    None
}

fn row(item: &AllocationChanged) -> AnyView {
    let (state, about) = match &item.outcome {
        ItemOutcome::Changed(_) => (pill("good", t("Changed")), String::new()),
        ItemOutcome::Refused(problem) => (pill("bad", t("Refused")), problem.message.clone()),
    };
    view! {
        <li>
            <span class="two">
                <span class="two-title"><a href=path_of(&item.greenpin_id)>{item.greenpin_id.clone()}</a></span>
                <span class="row-message">{about}</span>
            </span>
            {state}
        </li>
    }
    .into_any()
}
