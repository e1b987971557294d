//! From customer id and secret to a ringing agent, step by step. Each step says what it will do, and may be repeated.

mod call;
mod device;
mod steps;

use leptos::prelude::*;
use protocol::admin::users::Added;
use softphone::language::t;

use super::Admin;
use super::pieces::head::{head, link};
use super::settings::webhooks;
use super::users::add;
use crate::elements::live::maybe;

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let added = RwSignal::new(None::<Added>);
    let user = view! {
        {add::fields(admin, added)}
        {maybe(move || added.get().map(|added| add::told(&added)))}
    };
    // Counts the switches: what follows is of the app in use.
    let app = RwSignal::new(0);
    let settings = view! {
        {webhooks::draw(admin, app, || {})}
        {link("button small", "/admin/settings".to_owned(), t("Every setting, with what it does"))}
    };
    let people = view! {
        <p>{t("The user signs in here with an account of this server. Give the account the user's id as its user at the platform.")}</p>
        {link("button small", "/admin/people".to_owned(), t("Add a person"))}
    };
    let all: Vec<AnyView> = [
        step("1", t("The customer"), t("Asks the platform for a token and for the customer's details. Changes nothing."), steps::customer(admin)),
        step("2", t("The app"), t("An app holds users and settings. Choose the one to work with, or make one. Nothing is deleted."), steps::apps(admin, app)),
        step("3", t("Settings and webhooks"), t("Writes this server's addresses into the app in use, so that calls are told here."), settings.into_any()),
        step("4", t("The first user"), t("Adds an agent to the app in use. This may create a billable user."), user.into_any()),
        step("5", t("Their account here"), t("Lets them sign in. Nothing is asked of the platform."), people.into_any()),
        step("6", t("Their device"), t("Tells the platform to ring their browser from the next call on."), device::draw(admin, added)),
        step("7", t("A test call"), t("Watches for the first call. Nothing is called by itself."), call::draw(admin)),
    ]
    .into();
    view! {
        {head(t("Set up"), t("From the customer to a ringing agent. Every step can be repeated without harm."), ().into_any())}
        <ol class="plain steps">{all}</ol>
    }
    .into_any()
}

fn step(no: &'static str, title: &'static str, does: &'static str, inside: AnyView) -> AnyView {
    let id = ["step-", no].concat();
    view! {
        <li class="card step" aria-labelledby=id>
            <div class="step-head"><span class="badge" aria-hidden="true">{no}</span><div><h2 id=id.clone()>{title}</h2><p class="hint">{does}</p></div></div>
            <div class="stack">{inside}</div>
        </li>
    }
    .into_any()
}
