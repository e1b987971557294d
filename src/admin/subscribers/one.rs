//! One subscriber: changed, suspended, deleted.

use leptos::prelude::*;
use protocol::admin::subscribers::{SubscriberChange, SubscriberStatus, SubscriberView};
use protocol::problem::Changed;
use softphone::language::{fill, t};

use super::{api_of, status, token, word};
use crate::elements::live::{maybe, press};
use crate::screens::Admin;
use crate::screens::pieces::act::Act;
use crate::screens::pieces::conflict::{Differs, conflict};
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::facts::{at, facts, or_dash};
use crate::screens::pieces::field::{Field, choice, form, line};
use crate::screens::pieces::head::{card, head, link};
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::typed::sure;

pub(super) fn draw(admin: Admin, name: &str) -> AnyView {
    let api = StoredValue::new(api_of(name));
    let subscriber = Loaded::<SubscriberView>::new(admin, move || api.get_value());
    let gone = Over::<()>::closed();
    let change = Change::new(admin, subscriber, api);
    let actions = link(
        "button quiet",
        "/admin/subscribers".to_owned(),
        t("All subscribers"),
    );
    let named = name.to_owned();
    view! {
        {head(t("Subscriber"), t("As the platform has it now."), actions)}
        {subscriber.trouble()}
        <div class="cards">
            {card(t("About"), subscriber.shown(6, |shown| facts(vec![
                (t("Name"), or_dash(&shown.name)),
                (t("Status"), status(shown.status)),
                (t("Note"), or_dash(&shown.note)),
                (t("Rings for"), or_dash(shown.account.as_deref().unwrap_or_default())),
                (t("Made"), or_dash(&at(shown.created_at))),
                (t("Changed"), or_dash(&at(shown.updated_at))),
            ])))}
            {card(t("Change"), change.form())}
            {card(t("Token for a device"), token::draw(admin, api))}
        </div>
        <footer class="danger">
            <button type="button" class="button quiet bad" on:click=press(move || gone.open(()))>{t("Delete this subscriber…")}</button>
        </footer>
        {gone.drawn(t("Delete the subscriber"), move |()| {
            let says = vec![fill("{0} will be deleted at the platform, for good. Apps that use it stop ringing.", &[&named])];
            sure(says, t("Delete the subscriber"), move || Box::pin(async move {
                admin.tell("DELETE", &api.get_value(), None).await?;
                gone.close();
                admin.go("/admin/subscribers");
                Ok(String::new())
            }))
        })}
    }
    .into_any()
}

/// The form, and what it began with.
#[derive(Clone, Copy)]
struct Change {
    admin: Admin,
    subscriber: Loaded<SubscriberView>,
    api: StoredValue<String>,
    status: Field,
    note: Field,
    act: Act,
    seen: StoredValue<Option<i64>>,
    /// Who was faster, until it is settled.
    faster: RwSignal<Option<Option<Changed>>>,
}

impl Change {
    fn new(admin: Admin, subscriber: Loaded<SubscriberView>, api: StoredValue<String>) -> Self {
        let change = Self {
            admin,
            subscriber,
            api,
            status: Field::new("status", "active"),
            note: Field::new("note", ""),
            act: Act::new(),
            seen: StoredValue::new(None),
            faster: RwSignal::new(None),
        };
        // The form begins with what the platform says, once: later readings leave it alone.
        Effect::new(move |begun: Option<bool>| {
            let here = subscriber.here.get();
            match (begun, here) {
                (Some(true), _) => true,
                (_, Some(shown)) => {
                    change.begin(&shown);
                    true
                }
                (_, None) => false,
            }
        });
        change
    }

    fn begin(self, shown: &SubscriberView) {
        self.status.put(match shown.status {
            SubscriberStatus::Inactive => "inactive",
            SubscriberStatus::Active => "active",
            // Nobody is activated by a note being saved.
            SubscriberStatus::Other => "",
        });
        self.note.put(shown.note.clone());
        self.seen.set_value(shown.updated_at);
        self.faster.set(None);
    }

    fn form(self) -> AnyView {
        let options = [
            ("", t("Unknown: choose…")),
            ("active", t("Active: may call")),
            ("inactive", t("Suspended: may not call")),
        ];
        let options = options.map(|(value, word)| (value.to_owned(), word.to_owned()));
        let inside = view! {
            {choice(self.status, t("Status"), "", options.to_vec())}
            {line(self.note, t("Note"), "")}
            {maybe(move || self.faster.get().map(|changed| self.settle(changed.as_ref())))}
            {self.act.told()}
            <div class="actions">{self.act.submit(t("Save"))}</div>
        };
        form("stack", move || self.write(), inside.into_any())
    }

    fn write(self) {
        if !self.status.needed(t("Choose whether they may call.")) {
            return;
        }
        let change = SubscriberChange {
            status: match self.status.now().as_str() {
                "inactive" => SubscriberStatus::Inactive,
                _ => SubscriberStatus::Active,
            },
            note: Some(self.note.now()),
            seen: self.seen.get_value(),
        };
        self.act.run_form(vec![self.status, self.note], async move {
            match self
                .admin
                .send::<SubscriberView>("PUT", &self.api.get_value(), &change)
                .await
            {
                Ok(told) => {
                    self.begin(&told);
                    self.subscriber.put(told);
                    Ok(t("Saved.").to_owned())
                }
                Err(refusal) if refusal.code() == "changed_meanwhile" => {
                    let now: SubscriberView = self.admin.get(&self.api.get_value()).await?;
                    self.seen.set_value(now.updated_at);
                    self.subscriber.put(now);
                    self.faster.set(Some(refusal.changed().cloned()));
                    Ok(String::new())
                }
                Err(refusal) => Err(refusal),
            }
        });
    }

    fn settle(self, changed: Option<&Changed>) -> AnyView {
        let Some(now) = self.subscriber.here.get_untracked() else {
            return ().into_any();
        };
        let differs = vec![
            Differs {
                what: t("Status").to_owned(),
                theirs: word(now.status).to_owned(),
                yours: match self.status.now().as_str() {
                    "active" => word(SubscriberStatus::Active),
                    _ => word(SubscriberStatus::Inactive),
                }
                .to_owned(),
            },
            Differs {
                what: t("Note").to_owned(),
                theirs: now.note.clone(),
                yours: self.note.now(),
            },
        ];
        conflict(changed, differs, move || self.begin(&now), move || self.write())
    }
}
