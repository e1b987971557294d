//! The policy: what whom is allowed, and how phones behave. What would change for whom is seen before it is saved.

mod draft;
mod preview;
mod rules;
mod versions;
mod words;

use leptos::prelude::*;
use protocol::admin::apps::AppList;
use protocol::admin::policy::{Policy, PolicyChange, PolicyPreview, StoredPolicy};
use protocol::event::Event;
use protocol::problem::Changed;
use softphone::language::{fill, t};

use super::Admin;
use super::pieces::act::{Act, hint};
use super::pieces::conflict::{Differs, conflict};
use super::pieces::field::form;
use super::pieces::head::{card, head};
use super::pieces::load::Loaded;
use crate::elements::live::{flag, live, maybe};
use draft::Draft;

/// Where it is asked for.
const PATH: &str = "/api/admin/policy";

/// The screen's parts.
#[derive(Clone, Copy)]
struct Editor {
    admin: Admin,
    /// What holds, as far as we know.
    stored: Loaded<StoredPolicy>,
    draft: Draft,
    /// What the draft would change; none until it was asked, or since it was edited.
    preview: RwSignal<Option<(Policy, PolicyPreview)>>,
    /// The version that the draft began with.
    seen: RwSignal<i64>,
    act: Act,
    /// Who was faster, until it is settled.
    faster: RwSignal<Option<Option<Changed>>>,
}

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let editor = Editor {
        admin,
        stored: Loaded::new(admin, || PATH.to_owned()),
        draft: Draft::new(),
        preview: RwSignal::new(None),
        seen: RwSignal::new(-1),
        act: Act::new(),
        faster: RwSignal::new(None),
    };
    let apps = Loaded::<AppList>::new(admin, || "/api/admin/apps".to_owned());
    Effect::new(move |_| {
        if let Some(stored) = editor.stored.here.get()
            && editor.seen.get_untracked() < 0
        {
            editor.begin(&stored);
        }
    });
    let newer = RwSignal::new(0_i64);
    admin.news.hear(move |event| {
        if let Event::Policy(news) = event {
            newer.set(news.version);
        }
    });
    let overtaken = move || newer.get() > editor.seen.get() && editor.faster.with(Option::is_none);
    let ready = Memo::new(move |_| editor.seen.get() >= 0);
    view! {
        {head(t("Policy"), t("What agents may do, and how their phones behave. Phones follow within seconds."), ().into_any())}
        {editor.stored.trouble()}
        {maybe(move || overtaken().then(|| hint("wait", t("Somebody has just saved another version. Saving yours will show both."))))}
        {live(move || match ready.get() {
            true => editor.form(apps),
            false => super::pieces::load::skeleton(10),
        })}
        {versions::draw(admin, editor.draft, editor.stored)}
    }
    .into_any()
}

impl Editor {
    fn begin(self, stored: &StoredPolicy) {
        self.draft.put(&stored.policy);
        self.seen.set(stored.version);
        self.preview.set(None);
        self.faster.set(None);
    }

    fn form(self, apps: Loaded<AppList>) -> AnyView {
        let changed = move || {
            self.stored.here.with(|stored| {
                stored
                    .as_ref()
                    .is_some_and(|stored| stored.policy != self.draft.read())
            })
        };
        // What was looked at is what may be saved.
        let looked = move || {
            self.preview
                .with(|preview| preview.as_ref().is_some_and(|(of, _)| *of == self.draft.read()))
        };
        let inside = view! {
            {card(t("What agents may do"), rules::draw(self.draft.rules, apps))}
            {self.draft.drawn()}
            {maybe(move || self.faster.get().map(|changed| self.settle(changed.as_ref())))}
            {maybe(move || self.preview.get().filter(|_| looked()).map(|(_, preview)| preview::draw(&preview)))}
            {self.act.told()}
            <div class="actions">
                <button type="submit" class="button" disabled=flag(move || self.act.busy() || !changed())>{t("What would change?")}</button>
                {self.save(looked)}
            </div>
        };
        form("stack", move || self.look(), inside.into_any())
    }

    fn save(self, looked: impl Fn() -> bool + Send + 'static) -> AnyView {
        let save: Box<dyn FnMut(leptos::ev::MouseEvent)> = Box::new(move |_| self.write());
        view! {
            <button type="button" class="button primary" disabled=flag(move || self.act.busy() || !looked()) on:click=save>{t("Save the policy")}</button>
        }
        .into_any()
    }

    fn change(self) -> PolicyChange {
        PolicyChange {
            version: self.seen.get_untracked(),
            policy: untrack(move || self.draft.read()),
        }
    }

    fn look(self) {
        let change = self.change();
        self.act.run_form(self.draft.fields(), async move {
            let told: PolicyPreview = self
                .admin
                .send("POST", &[PATH, "/preview"].concat(), &change)
                .await?;
            self.preview.set(Some((change.policy, told)));
            Ok(String::new())
        });
    }

    fn write(self) {
        let change = self.change();
        self.act.run_form(self.draft.fields(), async move {
            match self.admin.send::<StoredPolicy>("PUT", PATH, &change).await {
                Ok(told) => {
                    self.begin(&told);
                    let version = told.version.to_string();
                    self.stored.put(told);
                    Ok(fill(
                        "Saved as version {0}. Phones follow within seconds.",
                        &[&version],
                    ))
                }
                Err(refusal) if refusal.code() == "changed_meanwhile" => {
                    let now: StoredPolicy = self.admin.get(PATH).await?;
                    self.stored.put(now);
                    self.faster.set(Some(refusal.changed().cloned()));
                    Ok(String::new())
                }
                Err(refusal) => Err(refusal),
            }
        });
    }

    fn settle(self, changed: Option<&Changed>) -> AnyView {
        let Some(now) = self.stored.here.get_untracked() else {
            return ().into_any();
        };
        let yours = words::sections(&untrack(move || self.draft.read()));
        let differs = words::sections(&now.policy)
            .into_iter()
            .zip(yours)
            .filter(|((_, theirs), (_, yours))| theirs != yours)
            .map(|((what, theirs), (_, yours))| Differs {
                what: what.to_owned(),
                theirs,
                yours,
            })
            .collect();
        let version = now.version;
        let keep = move || {
            self.seen.set(version);
            self.faster.set(None);
            self.write();
        };
        conflict(changed, differs, move || self.begin(&now), keep)
    }
}
