//! Who may sign in here, and as what.

use leptos::prelude::*;
use protocol::people::Person;
use softphone::language::{fill, t};
use softphone::web::place;

use super::edit;
use crate::elements::live::press;
use crate::screens::Admin;
use crate::screens::frame::{is_oneself, role_word};
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::head::head;
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::typed::sure;

/// Where they are asked for.
pub(super) const PATH: &str = "/api/people";

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let people = Loaded::<Vec<Person>>::new(admin, || PATH.to_owned());
    let edited = Over::<Option<Person>>::closed();
    let gone = Over::<Person>::closed();
    let add = view! {
        <button type="button" class="button primary" on:click=press(move || edited.open(None))>{t("Add a person")}</button>
    };
    view! {
        {head(t("People"), t("Accounts of this server: who may sign in, as what, and whose phone is theirs."), add.into_any())}
        {people.shown(6, move |list| {
            let rows: Vec<AnyView> = list.into_iter().map(|person| row(admin, person, edited, gone)).collect();
            view! { <ul class="plain rows">{rows}</ul> }.into_any()
        })}
        {edited.drawn(t("Account"), move |person| edit::draw(admin, person, edited, people))}
        {gone.drawn(t("Remove the account"), move |person| {
            let says = vec![
                fill("{0} can no longer sign in, and is signed out everywhere.", &[&person.name]),
                t("Their calls and notes stay. Their user at the platform stays as well.").to_owned(),
            ];
            sure(says, t("Remove the account"), move || {
                let path = [PATH, "/", &place::segment(&person.name)].concat();
                Box::pin(async move {
                    admin.tell("DELETE", &path, None).await?;
                    people.again();
                    gone.close();
                    Ok(String::new())
                })
            })
        })}
    }
    .into_any()
}

fn row(admin: Admin, person: Person, edited: Over<Option<Person>>, gone: Over<Person>) -> AnyView {
    let mut about = role_word(person.role).to_owned();
    let user = person.agent.as_deref().map(|id| fill("user {0}", &[id]));
    let subscriber = person
        .subscriber
        .as_deref()
        .map(|name| fill("subscriber {0}", &[name]));
    for part in [user, subscriber].into_iter().flatten() {
        about.push_str(" · ");
        about.push_str(&part);
    }
    if !person.has_password {
        about.push_str(" · ");
        about.push_str(t("signs in by ticket only"));
    }
    let off = person.disabled.then(|| pill("wait", t("May not sign in")));
    let name = person.name.clone();
    let change_name = fill("Change {0}", &[&name]);
    let remove_name = fill("Remove {0}", &[&name]);
    let other = !is_oneself(admin, &name);
    let (edit, remove) = (person.clone(), person);
    let remove = other.then(|| {
        let open = press(move || gone.open(remove.clone()));
        view! { <button type="button" class="button small quiet bad" aria-label=remove_name on:click=open>{t("Remove…")}</button> }
            .into_any()
    });
    view! {
        <li>
            <span class="two"><span class="two-title">{name}</span><span class="two-below">{about}</span></span>
            <span class="actions">
                {off}
                <button type="button" class="button small" aria-label=change_name on:click=press(move || edited.open(Some(edit.clone())))>{t("Change…")}</button>
                {remove}
            </span>
        </li>
    }
    .into_any()
}
