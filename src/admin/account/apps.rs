//! The apps, and a new one.

use leptos::prelude::*;
use protocol::admin::apps::{AppList, AppView};
use softphone::language::t;

use super::{APPS, make, path_of};
use crate::screens::Admin;
use crate::screens::pieces::head::card;
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;

pub(super) fn draw(admin: Admin) -> AnyView {
    let apps = Loaded::<AppList>::new(admin, || APPS.to_owned());
    let listed = apps.shown(4, |list| {
        let rows: Vec<AnyView> = list.apps.iter().map(row).collect();
        view! { <ul class="plain rows">{rows}</ul> }.into_any()
    });
    view! {
        <div class="stack">
            {card(t("Apps"), listed)}
            {card(t("A new app"), make::fields(admin, move |_| apps.again()))}
        </div>
    }
    .into_any()
}

fn row(app: &AppView) -> AnyView {
    let used = app.used.then(|| pill("good", t("In use")));
    let locked = (!app.secret_known).then(|| pill("wait", t("Secret not known here")));
    let about = [&app.account_sid, " · ", &app.id].concat();
    view! {
        <li>
            <span class="two">
                <span class="two-title"><a href=path_of(&app.id)>{named(app)}</a></span>
                <span class="two-below">{about}</span>
            </span>
            <span class="actions">{used} {locked}</span>
        </li>
    }
    .into_any()
}

/// What people call it.
pub(super) fn named(app: &AppView) -> String {
    if app.name.trim().is_empty() {
        app.id.clone()
    } else {
        app.name.clone()
    }
}
