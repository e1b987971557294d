//! The customer at the platform, and the apps.

mod app;
mod apps;
mod customer;
pub(crate) mod make;

use leptos::prelude::*;
use softphone::language::t;
use softphone::web::place;

use super::Admin;
use super::pieces::head::head;

/// Where apps are asked for.
const APPS: &str = "/api/admin/apps";

/// Customer and apps, or one app.
pub(crate) fn draw(admin: Admin, rest: &str) -> AnyView {
    if let Some(id) = rest.strip_prefix("app/") {
        return app::draw(admin, &place::unsegment(id));
    }
    view! {
        {head(
            t("Customer and apps"),
            t("The customer owns the apps; each app has users and settings of its own. This server works with one app at a time."),
            ().into_any(),
        )}
        <div class="cards">
            {apps::draw(admin)}
            {customer::draw(admin)}
        </div>
    }
    .into_any()
}

/// The screen of an app.
fn path_of(id: &str) -> String {
    ["/admin/account/app/", &place::segment(id)].concat()
}

/// Where an app is asked for.
fn api_of(id: &str) -> String {
    [APPS, "/", &place::segment(id)].concat()
}
