//! Settings of the app in use: its webhooks together, then each key with what it does.

mod one;
pub(crate) mod webhooks;

use leptos::prelude::*;
use protocol::admin::settings::SettingList;
use softphone::language::t;

use super::Admin;
use super::pieces::head::head;
use super::pieces::load::{Loaded, skeleton};
use crate::elements::live::{live, nothing};

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
        {webhooks::draw(admin, RwSignal::new(0), move || settings.again())}
        {each(admin, settings)}
    }
    .into_any()
}

/// Every key. Read anew, the cards stay and follow: somebody may be typing in one.
fn each(admin: Admin, settings: Loaded<SettingList>) -> AnyView {
    let keys = Memo::new(move |_| settings.here.with(|list| list.as_ref().map(keys_of)));
    let cards = move || {
        let list = settings.here.get_untracked();
        let cards: Vec<AnyView> = list
            .into_iter()
            .flat_map(|list| list.settings)
            .map(|setting| one::draw(admin, settings, setting))
            .collect();
        view! { <div class="cards">{cards}</div> }.into_any()
    };
    view! {
        {settings.trouble()}
        {live(move || match keys.get() {
            Some(_) => cards(),
            None if settings.failed.with(Option::is_some) => nothing(),
            None => skeleton(10),
        })}
    }
    .into_any()
}

fn keys_of(list: &SettingList) -> Vec<String> {
    list.settings.iter().map(|setting| setting.key.clone()).collect()
}
