//! The list, in the platform's own pages, and a new one.

use leptos::prelude::*;
use protocol::admin::subscribers::{NewSubscriber, SubscriberPage, SubscriberView};
use softphone::language::{fill, t};

use super::{PATH, path_of, status};
use crate::elements::live::press;
use crate::screens::Admin;
use crate::screens::ask::asked;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::field::{Field, choice, form, line};
use crate::screens::pieces::head::{card, head, link};
use crate::screens::pieces::load::Loaded;

pub(super) fn draw(admin: Admin) -> AnyView {
    let only = Field::new("status", "");
    let page = RwSignal::new(None::<String>);
    // Another filter begins with its first page.
    Effect::new(move |before: Option<()>| {
        only.value.track();
        if before.is_some() {
            page.set(None);
        }
    });
    let shown = Loaded::<SubscriberPage>::new(admin, move || match page.get() {
        Some(word) => asked(PATH, &[("page", &word)]),
        None => asked(PATH, &[("limit", "100"), ("status", &only.value.get())]),
    });
    let options = [
        ("", t("All")),
        ("active", t("Active")),
        ("inactive", t("Suspended")),
    ];
    let options = options.map(|(value, word)| (value.to_owned(), word.to_owned()));
    let actions = link("button", "/admin/jobs/subscribers".to_owned(), t("Add many"));
    view! {
        {head(t("Subscribers"), t("Who may use the platform's voice SDK in an app of yours. A browser's phone needs none."), actions)}
        <div class="cards wide-first">
            <div class="stack">
                <div class="bar">{choice(only, t("Status"), "", options.to_vec())}</div>
                {shown.shown(8, move |told| list(&told, page))}
            </div>
            {card(t("A new subscriber"), new(admin, shown))}
        </div>
    }
    .into_any()
}

fn list(told: &SubscriberPage, page: RwSignal<Option<String>>) -> AnyView {
    let rows: Vec<AnyView> = told.subscribers.iter().map(row).collect();
    let failed: Vec<AnyView> = told
        .failed
        .iter()
        .map(|words| {
            hint(
                "wait",
                &fill("The platform could not give an item: {0}", &[words]),
            )
        })
        .collect();
    let turn = |word: &Option<String>, title: &'static str| {
        let there = word.clone();
        let go = press(move || page.set(there.clone()));
        view! { <button type="button" class="button small" disabled=word.is_none() on:click=go>{title}</button> }.into_any()
    };
    let turns = [
        turn(&told.first, t("First page")),
        turn(&told.previous, t("Previous page")),
        turn(&told.next, t("Next page")),
    ];
    if told.subscribers.is_empty() {
        return view! {
            {failed}
            <div class="empty"><h2>{t("No subscribers here")}</h2><p>{t("Add one, or choose another status.")}</p></div>
            <div class="actions">{turns.into_iter().collect::<Vec<_>>()}</div>
        }
        .into_any();
    }
    view! {
        {failed}
        <ul class="plain rows">{rows}</ul>
        <div class="actions">{turns.into_iter().collect::<Vec<_>>()}</div>
    }
    .into_any()
}

fn row(subscriber: &SubscriberView) -> AnyView {
    let note = match &subscriber.account {
        Some(account) => fill("{0} · rings for {1}", &[&subscriber.note, account]),
        None => subscriber.note.clone(),
    };
    view! {
        <li>
            <span class="two">
                <span class="two-title"><a href=path_of(&subscriber.name)>{subscriber.name.clone()}</a></span>
                <span class="two-below">{note}</span>
            </span>
            {status(subscriber.status)}
        </li>
    }
    .into_any()
}

fn new(admin: Admin, shown: Loaded<SubscriberPage>) -> AnyView {
    let name = Field::new("name", "");
    let note = Field::new("note", "");
    let act = Act::new();
    let send = move || {
        if !name.needed(t("Enter a name.")) {
            return;
        }
        let new = NewSubscriber {
            name: name.now(),
            note: note.now(),
        };
        act.run_form(vec![name, note], async move {
            let told: SubscriberView = admin.send("POST", PATH, &new).await?;
            name.put("");
            note.put("");
            shown.again();
            Ok(fill("{0} was added.", &[&told.name]))
        });
    };
    let inside = view! {
        {line(name, t("Name"), t("1 to 16 letters and digits; case counts."))}
        {line(note, t("Note"), t("Your own; may be empty."))}
        {act.told()}
        <div class="actions">{act.submit(t("Add the subscriber"))}</div>
    };
    form("stack", send, inside.into_any())
}
