//! One key: what it does, what it is, changing it, unsetting it.

use leptos::prelude::*;
use protocol::Secret;
use protocol::admin::settings::{SettingChange, SettingForm, SettingList, SettingView};
use protocol::problem::Changed;
use softphone::language::{fill, t};
use softphone::web::place;

use super::PATH;
use crate::elements::live::{live, maybe};
use crate::screens::Admin;
use crate::screens::ask::Refusal;
use crate::screens::pieces::act::Act;
use crate::screens::pieces::conflict::{Differs, conflict};
use crate::screens::pieces::field::{Field, choice, entry, form};
use crate::screens::pieces::head::card_of;
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;

/// A setting and its form.
#[derive(Clone, Copy)]
struct One {
    admin: Admin,
    shown: RwSignal<SettingView>,
    value: Field,
    act: Act,
    /// Who was faster, until it is settled.
    faster: RwSignal<Option<Option<Changed>>>,
    api: StoredValue<String>,
}

/// The card; it follows what is read of all of them.
pub(super) fn draw(admin: Admin, settings: Loaded<SettingList>, setting: SettingView) -> AnyView {
    let key = setting.key.clone();
    let one = One {
        admin,
        value: Field::new("value", ""),
        act: Act::new(),
        faster: RwSignal::new(None),
        api: StoredValue::new([PATH, "/", &place::segment(&key)].concat()),
        shown: RwSignal::new(setting),
    };
    Effect::new(move |_| {
        let now = settings.here.with(|list| {
            let mut all = list.iter().flat_map(|list| &list.settings);
            let mine = |setting: &&SettingView| one.shown.with_untracked(|shown| shown.key == setting.key);
            all.find(mine).cloned()
        });
        if let Some(now) = now.filter(|now| one.shown.with_untracked(|shown| shown != now)) {
            one.shown.set(now);
        }
    });
    let now = move || {
        one.shown.with(|shown| {
            let value = shown.value.clone();
            let ours = shown.ours.then(|| pill("good", t("This server")));
            let value = value.unwrap_or_else(|| t("Not set").to_owned());
            view! { <p class="now"><span class="mono">{value}</span> {ours}</p> }.into_any()
        })
    };
    let inside = view! {
        <p class="hint">{one.shown.with_untracked(|shown| shown.help.clone())}</p>
        {live(now)}
        {maybe(move || one.faster.get().map(|changed| one.settle(changed.as_ref())))}
        {one.form()}
    };
    card_of(key, inside.into_any())
}

impl One {
    fn form(self) -> AnyView {
        let how = self.shown.with_untracked(|shown| shown.form);
        let field = match how {
            SettingForm::YesNo => choice(
                self.value,
                t("New value"),
                "",
                vec![
                    (String::new(), t("Choose…").to_owned()),
                    ("true".to_owned(), t("Yes").to_owned()),
                    ("false".to_owned(), t("No").to_owned()),
                ],
            ),
            SettingForm::Webhook => entry(
                self.value,
                t("New value"),
                t("An https address. Leave it empty for this server's own."),
                "url",
                "off",
            ),
            SettingForm::StreamUrl => entry(self.value, t("New value"), t("A wss address."), "url", "off"),
            SettingForm::AudioUrl => entry(
                self.value,
                t("New value"),
                t("An https address of audio."),
                "url",
                "off",
            ),
            SettingForm::Text => entry(self.value, t("New value"), "", "text", "off"),
        };
        let webhook = how == SettingForm::Webhook;
        let send = move || {
            if webhook || self.value.needed(t("Enter a value.")) {
                let seen = self.shown.with_untracked(|shown| shown.tag.clone());
                self.write(Some(seen));
            }
        };
        let inside = view! {
            {field}
            {self.act.told()}
            <div class="actions">
                {self.act.submit(t("Write"))}
                {self.act.button("button quiet", t("Unset"), move || self.unset())}
                {self.act.button("button quiet", t("Look again"), move || self.look())}
            </div>
        };
        form("stack", send, inside.into_any())
    }

    fn write(self, seen: Option<String>) {
        let change = SettingChange {
            value: self.value.given().map(Secret::new),
            seen,
        };
        self.act.run_form(vec![self.value], async move {
            match self
                .admin
                .send::<SettingView>("PUT", &self.api.get_value(), &change)
                .await
            {
                Ok(told) => {
                    self.faster.set(None);
                    self.value.put("");
                    self.shown.set(told);
                    Ok(t("Written. It holds from now on.").to_owned())
                }
                Err(refusal) if refusal.code() == "changed_meanwhile" => {
                    self.read().await?;
                    self.faster.set(Some(refusal.changed().cloned()));
                    Ok(String::new())
                }
                Err(refusal) => Err(refusal),
            }
        });
    }

    async fn read(self) -> Result<(), Refusal> {
        let told: SettingView = self.admin.get(&self.api.get_value()).await?;
        self.shown.set(told);
        Ok(())
    }

    fn look(self) {
        self.act.run(async move {
            self.read().await?;
            Ok(t("As the platform has it now.").to_owned())
        });
    }

    fn unset(self) {
        self.act.run(async move {
            self.admin.tell("DELETE", &self.api.get_value(), None).await?;
            self.read().await?;
            Ok(fill(
                "{0} is not set any more.",
                &[&self.shown.with_untracked(|shown| shown.key.clone())],
            ))
        });
    }

    fn settle(self, changed: Option<&Changed>) -> AnyView {
        let differs = Differs {
            what: t("Value").to_owned(),
            theirs: self
                .shown
                .with_untracked(|shown| shown.value.clone())
                .unwrap_or_else(|| t("Not set").to_owned()),
            yours: self
                .value
                .given()
                .unwrap_or_else(|| t("This server's own address").to_owned()),
        };
        conflict(
            changed,
            vec![differs],
            move || {
                self.value.put("");
                self.faster.set(None);
            },
            move || {
                let seen = self.shown.with_untracked(|shown| shown.tag.clone());
                self.write(Some(seen));
            },
        )
    }
}
