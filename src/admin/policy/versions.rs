//! Earlier versions, each of which can be put into the form again.

use leptos::prelude::*;
use protocol::admin::policy::{PolicyVersions, StoredPolicy};
use softphone::language::{fill, t};

use super::draft::Draft;
use crate::elements::live::press;
use crate::screens::Admin;
use crate::screens::pieces::facts::at;
use crate::screens::pieces::head::card;
use crate::screens::pieces::load::Loaded;

pub(super) fn draw(admin: Admin, draft: Draft, stored: Loaded<StoredPolicy>) -> AnyView {
    let versions = Loaded::<PolicyVersions>::new(admin, move || {
        // Each saving makes one more.
        stored.here.track();
        "/api/admin/policy/versions".to_owned()
    });
    let inside = versions.shown(3, move |told| {
        if told.versions.is_empty() {
            return view! { <p class="hint">{t("Nobody has saved one yet: the configuration's holds.")}</p> }
                .into_any();
        }
        let rows: Vec<AnyView> = told.versions.into_iter().map(|one| row(one, draft)).collect();
        view! { <ul class="plain rows">{rows}</ul> }.into_any()
    });
    card(t("Versions"), inside)
}

fn row(one: StoredPolicy, draft: Draft) -> AnyView {
    let name = fill("Version {0}", &[&one.version.to_string()]);
    let label = fill("Put version {0} into the form", &[&one.version.to_string()]);
    let about = fill("by {0}, {1}", &[&one.by, &at(Some(one.at))]);
    let put = press(move || draft.put(&one.policy));
    view! {
        <li>
            <span class="two"><span class="two-title">{name}</span><span class="two-below">{about}</span></span>
            <button type="button" class="button small" aria-label=label on:click=put>{t("Put into the form")}</button>
        </li>
    }
    .into_any()
}
