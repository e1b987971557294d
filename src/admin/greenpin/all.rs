//! Allocations we have heard of, and a way to any other one by its id.

use leptos::prelude::*;
use protocol::greenpin::{AllocationList, AllocationView};
use softphone::language::{fill, t};

use super::{PATH, live_news, path_of, words};
use crate::screens::Admin;
use crate::screens::pieces::field::{Field, entry, form};
use crate::screens::pieces::head::{card, head, link};
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::ticking::ticking;

pub(super) fn draw(admin: Admin) -> AnyView {
    let list = Loaded::<AllocationList>::new(admin, || [PATH, "?limit=200"].concat());
    let id = Field::new("id", "");
    let now = ticking();
    let find = move || {
        if id.needed(t("Enter the id of an allocation.")) {
            admin.go(&path_of(&id.now()));
        }
    };
    let actions = view! {
        {link("button primary", "/admin/greenpin/add".to_owned(), t("Allocate"))}
        {link("button", "/admin/greenpin/many".to_owned(), t("Change several"))}
        {link("button quiet", "/admin/greenpin/codes".to_owned(), t("Error codes"))}
    };
    view! {
        {head(t("GreenPin"), t("Pins that let two parties call each other over virtual numbers."), actions.into_any())}
        <div class="cards wide-first">
            <div class="stack">
                {form("bar", find, view! {
                    {entry(id, t("Find by id"), t("Also those that were made elsewhere."), "search", "off")}
                    <button type="submit" class="button">{t("Find")}</button>
                }.into_any())}
                {list.shown(8, move |told| rows(&told, now))}
            </div>
            {card(t("Live"), live_news::draw(admin, None, move || list.again()))}
        </div>
    }
    .into_any()
}

fn rows(told: &AllocationList, now: RwSignal<u64>) -> AnyView {
    if told.allocations.is_empty() {
        return view! {
            <div class="empty">
                <h2>{t("No allocations yet")}</h2>
                <p>{t("Allocate one here, or find one that was made elsewhere by its id.")}</p>
            </div>
        }
        .into_any();
    }
    let rows: Vec<AnyView> = told.allocations.iter().map(|one| row(one, now)).collect();
    view! { <ul class="plain rows">{rows}</ul> }.into_any()
}

fn row(one: &AllocationView, now: RwSignal<u64>) -> AnyView {
    let name = if one.transaction_id.is_empty() {
        &one.greenpin_id
    } else {
        &one.transaction_id
    };
    let about = fill(
        "{0} · {1} calls",
        &[words::usage(&one.usage), &one.calls.to_string()],
    );
    let ends = (one.state == "active").then(|| words::ends(&one.deallocation_time, now));
    view! {
        <li>
            <span class="two">
                <span class="two-title"><a href=path_of(&one.greenpin_id)>{name.clone()}</a></span>
                <span class="two-below">{about}</span>
            </span>
            <span class="ends">{ends}</span>
            {words::state(&one.state)}
        </li>
    }
    .into_any()
}
