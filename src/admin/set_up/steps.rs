//! The customer, and the app.

use leptos::prelude::*;
use protocol::admin::apps::{AppList, AppView, UseApp};
use protocol::admin::customer::CustomerView;
use softphone::language::{fill, t};
use softphone::web::place;

use crate::elements::live::press;
use crate::screens::Admin;
use crate::screens::account::make;
use crate::screens::pieces::act::{Act, done};
use crate::screens::pieces::head::link;
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;

/// A token was made if the details came.
pub(super) fn customer(admin: Admin) -> AnyView {
    let customer = Loaded::<CustomerView>::new(admin, || "/api/admin/customer".to_owned());
    view! {
        {customer.shown(1, |told| {
            let name = if told.name.is_empty() { told.id } else { told.name };
            done(&fill("The platform knows the customer {0}.", &[&name]))
        })}
        <button type="button" class="button small" on:click=press(move || customer.again())>{t("Check again")}</button>
    }
    .into_any()
}

/// Those there are, and a new one. `switched` counts how often another one was chosen.
pub(super) fn apps(admin: Admin, switched: RwSignal<u32>) -> AnyView {
    let apps = Loaded::<AppList>::new(admin, || "/api/admin/apps".to_owned());
    let act = Act::new();
    view! {
        {apps.shown(2, move |told| {
            let rows: Vec<AnyView> = told.apps.into_iter().map(|app| row(admin, app, (apps, switched), act)).collect();
            view! { <ul class="plain rows">{rows}</ul> }.into_any()
        })}
        {act.told()}
        <details><summary>{t("Make a new app")}</summary>{make::fields(admin, move |_| apps.again())}</details>
        {link("button small", "/admin/account".to_owned(), t("Customer and apps, also to delete one"))}
    }
    .into_any()
}

fn row(admin: Admin, app: AppView, (apps, switched): (Loaded<AppList>, RwSignal<u32>), act: Act) -> AnyView {
    let api = StoredValue::new(["/api/admin/apps/", &place::segment(&app.id), "/use"].concat());
    let choose = move || {
        act.run(async move {
            let told: AppView = admin.send("PUT", &api.get_value(), &UseApp::default()).await?;
            apps.again();
            switched.update(|switched| *switched += 1);
            Ok(fill(
                "This server works with {0} now. Install its webhooks next.",
                &[&told.name],
            ))
        });
    };
    let state = match (app.used, app.secret_known) {
        (true, _) => pill("good", t("In use")),
        (false, true) => act.button("button small", t("Use it"), choose),
        (false, false) => pill("wait", t("Secret not known here")),
    };
    view! {
        <li>
            <span class="two"><span class="two-title">{app.name}</span><span class="two-below">{app.id}</span></span>
            {state}
        </li>
    }
    .into_any()
}
