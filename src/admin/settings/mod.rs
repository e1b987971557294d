//! Settings of the app in use: its webhooks together, then each key with what it does.

mod one;
pub(crate) mod webhooks;

use leptos::prelude::*;
use protocol::admin::settings::SettingList;
use softphone::language::t;

use super::Admin;
use super::pieces::head::head;
use super::pieces::load::Loaded;

/// Where they are asked for.
const PATH: &str = "/api/admin/settings";

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let settings = Loaded::<SettingList>::new(admin, || PATH.to_owned());
    view! {
        {head(
            t("Settings and webhooks"),
            t("What the platform does for the app in use, and where it tells what happens."),
            ().into_any(),
        )}
        {webhooks::draw(admin, move || settings.again())}
        {each(admin, settings)}
    }
    .into_any()
}

/// Every key; also a step of the set-up path.
pub(crate) fn each(admin: Admin, settings: Loaded<SettingList>) -> AnyView {
    settings.shown(10, move |list| {
        let cards: Vec<AnyView> = list
            .settings
            .into_iter()
            .map(|setting| one::draw(admin, setting))
            .collect();
        view! { <div class="cards">{cards}</div> }.into_any()
    })
}
