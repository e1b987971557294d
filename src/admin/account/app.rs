//! One app: used from now on, or deleted.

use leptos::prelude::*;
use protocol::Secret;
use protocol::admin::apps::{AppView, UseApp};
use softphone::language::{fill, t};

use super::api_of;
use super::apps::named;
use crate::elements::live::press;
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, done, hint};
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::facts::{at, facts, or_dash};
use crate::screens::pieces::field::{Field, entry, form};
use crate::screens::pieces::head::{card, head, link};
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::typed::{Pending, typed};

pub(super) fn draw(admin: Admin, id: &str) -> AnyView {
    let api = StoredValue::new(api_of(id));
    let app = Loaded::<AppView>::new(admin, move || api.get_value());
    let over = Over::<AppView>::closed();
    let actions = link("button quiet", "/admin/account".to_owned(), t("All apps"));
    view! {
        {head(t("App"), t("As the platform has it now."), actions)}
        {app.shown(7, move |shown| {
            let gone = shown.clone();
            view! {
                <div class="cards">
                    {card(t("About"), about(&shown))}
                    {card(t("Use"), usage(admin, app, api, &shown))}
                </div>
                <footer class="danger">
                    <button type="button" class="button quiet bad" on:click=press(move || over.open(gone.clone()))>
                        {t("Delete this app…")}
                    </button>
                </footer>
            }
            .into_any()
        })}
        {over.drawn(t("Delete the app"), move |shown| {
            let name = named(&shown);
            let says = vec![
                fill("{0} will be deleted at the platform with its settings and users, for good. This cannot be undone.", &[&name]),
            ];
            let deed = move |body| -> Pending {
                Box::pin(async move {
                    admin.tell("DELETE", &api.get_value(), body).await?;
                    over.close();
                    admin.go("/admin/account");
                    Ok(String::new())
                })
            };
            typed(says, &name, t("Delete the app"), Box::new(deed))
        })}
    }
    .into_any()
}

fn about(app: &AppView) -> AnyView {
    let active = match app.active {
        Some(true) => t("Yes"),
        Some(false) => t("No"),
        None => "",
    };
    facts(vec![
        (t("Name"), or_dash(&app.name)),
        (t("Id"), or_dash(&app.id)),
        (t("Account"), or_dash(&app.account_sid)),
        (t("Region"), or_dash(&app.region)),
        (t("May call"), or_dash(active)),
        (t("Made"), or_dash(&at(app.created_at))),
        (t("Changed"), or_dash(&at(app.updated_at))),
    ])
}

/// The form that makes it the one in use. The secret is asked for only where it is not known.
fn usage(admin: Admin, app: Loaded<AppView>, api: StoredValue<String>, shown: &AppView) -> AnyView {
    if shown.used {
        return view! {
            {done(t("This server works with this app."))}
            {link("button small", "/admin/settings".to_owned(), t("Look at its settings"))}
        }
        .into_any();
    }
    let secret = Field::new("secret", "");
    let act = Act::new();
    let asks = !shown.secret_known;
    let send = move || {
        if asks && !secret.needed(t("Enter the secret of the app.")) {
            return;
        }
        let body = UseApp {
            secret: secret.given().map(Secret::new),
        };
        act.run_form(vec![secret], async move {
            let told: AppView = admin
                .send("PUT", &[&api.get_value(), "/use"].concat(), &body)
                .await?;
            app.put(told);
            Ok(String::new())
        });
    };
    let field = asks.then(|| {
        entry(
            secret,
            t("Secret of the app"),
            t("Tried before anything changes, then kept sealed."),
            "password",
            "off",
        )
    });
    let inside = view! {
        {hint("wait", t("From then on, users and settings are those of this app. Its webhooks are its own: install them afterwards."))}
        {field}
        {act.told()}
        <div class="actions">{act.submit(t("Use this app"))}</div>
    };
    form("stack", send, inside.into_any())
}
