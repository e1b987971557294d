//! Signing in to the companion server: name and password, or in the demo one of its people with a click.

use leptos::prelude::*;
use softphone::language::t;
use softphone::notices::Notice;
use softphone::notices::companion::{NOT_SIGNED_OUT, UNREACHABLE};
use softphone::web::spawn;

use super::field::{Field, TextField};
use super::{Ui, sandbox};
use crate::desk::Standing;
use crate::elements::live::{flag, live, maybe, nothing, press};
use crate::elements::notice;

/// *Name*, *Password*, *Sign in*.
#[component]
pub(super) fn SignIn(ui: Ui) -> AnyView {
    let why = Memo::new(move |_| match ui.desk.standing.get() {
        Standing::SignedOut(why) => why.map(|why| (why, "bad")),
        Standing::Unreachable => Some((UNREACHABLE, "wait")),
        Standing::Untold => Some((NOT_SIGNED_OUT, "wait")),
        Standing::Asking
        | Standing::Absent
        | Standing::SigningIn
        | Standing::SigningOut
        | Standing::Ending
        | Standing::SignedIn(_) => None,
    });
    view! {
        <div class="body connect">
            {maybe(move || why.get().map(|(why, tone)| notice::told(&why, tone, true, nothing())))}
            <Form ui/>
            <People ui/>
        </div>
    }
    .into_any()
}

#[component]
fn Form(ui: Ui) -> AnyView {
    let name = Field::new(String::new());
    let password = Field::new(String::new());
    let trying = Memo::new(move |_| ui.desk.standing.with(|standing| *standing == Standing::SigningIn));
    let refused = RwSignal::new(None::<Notice>);

    let submit = move || {
        let (given, secret) = (name.value.get_untracked(), password.value.get_untracked());
        let missing = |text: &str, sentence| text.is_empty().then_some(sentence);
        name.error.set(missing(given.trim(), t("Enter your name.")));
        password.error.set(missing(&secret, t("Enter your password.")));
        if name.error.get_untracked().is_some() {
            return name.focus();
        }
        if password.error.get_untracked().is_some() {
            return password.focus();
        }
        if trying.get_untracked() {
            return;
        }
        refused.set(None);
        spawn(async move {
            let told = ui.desk.sign_in(given.trim(), &secret).await;
            // Gone with the form if it worked; else the person at it is told and starts with the password.
            if let Err(why) = told
                && refused.try_set(Some(why)).is_none()
            {
                password.value.set(String::new());
                password.focus();
            }
        });
    };

    view! {
        <form
            class="connect-form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <TextField id="name" label=t("Name") kind="text" autocomplete="username" field=name/>
            <TextField id="password" label=t("Password") kind="password" autocomplete="current-password" field=password/>
            {maybe(move || refused.get().map(|why| notice::told(&why, "bad", true, nothing())))}
            <button type="submit" class="button primary wide" disabled=flag(move || trying.get())>{t("Sign in")}</button>
        </form>
    }
    .into_any()
}

/// One card per person of the demo, and the way to the form for any SIP server.
#[component]
fn People(ui: Ui) -> AnyView {
    live(move || {
        let people = ui
            .sandbox
            .with(|sandbox| sandbox.as_ref().map(|sandbox| sandbox.people.clone()));
        let Some(people) = people else { return nothing() };
        let cards: Vec<AnyView> = people
            .into_iter()
            .map(|person| {
                let (title, name) = (person.title.clone(), person.name.clone());
                let enter = move || {
                    let person = person.clone();
                    spawn(async move { sandbox::enter(ui, &person).await });
                };
                sandbox::card(title, name, press(enter))
            })
            .collect();
        let by_hand = press(move || ui.desk.by_hand());
        view! {
            <section class="agents" aria-labelledby="people-title">
                <h2 id="people-title">{t("People of this demo")}</h2>
                <ul class="plain">{cards}</ul>
            </section>
            <button type="button" class="button quiet" on:click=by_hand>{t("Connect to another SIP server")}</button>
        }
        .into_any()
    })
}
