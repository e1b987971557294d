//! Accounts, for admins.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::people::{Person as Shown, PersonChange};
use protocol::session::Role;

use super::{Body, Name, whole};
use crate::auth::{Caller, device_follows, people};
use crate::clock::now;
use crate::store::Person;
use crate::{Answer, App, Refused};

/// `GET /api/people`: all accounts, by name.
pub async fn list(State(app): State<App>) -> Answer<Json<Vec<Shown>>> {
    let people = app.store.people().await?;
    Ok(Json(people.into_iter().map(shown).collect()))
}

/// `PUT /api/people/{name}`: adds an account or writes over it.
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    Name(name): Name,
    Body(change): Body<PersonChange>,
) -> Answer<Json<Shown>> {
    let own = people::name(&name).as_ref() == Some(&caller.name);
    if own && (change.role != Role::Admin || change.disabled) {
        return Err(not_oneself());
    }
    let work = move |app: App| async move {
        let before = match people::name(&name) {
            Some(name) => app.store.person(&name).await?,
            None => None,
        };
        let person = app.auth.change_person(&name, change, now()).await?;
        // Whoever is somebody else now was signed out.
        if let Some(before) = before.filter(|before| *before != person) {
            device_follows::signed_out(&app, &before.name, before.agent.as_ref());
        }
        app.auth.record(&caller.name, "put_person", &person.name).await;
        Ok(Json(shown(person)))
    };
    whole(&app, work).await
}

/// `DELETE /api/people/{name}`: removes an account and ends its sessions. Its calls stay.
pub async fn remove(State(app): State<App>, caller: Caller, Name(name): Name) -> Answer<StatusCode> {
    let name = people::name(&name).ok_or_else(|| Refused::not_found("account"))?;
    if name == caller.name {
        return Err(not_oneself());
    }
    let work = move |app: App| async move {
        let missing = || Refused::not_found("account");
        let person = app.store.person(&name).await?.ok_or_else(missing)?;
        if !app.store.remove_person(&name).await? {
            return Err(missing());
        }
        device_follows::signed_out(&app, &name, person.agent.as_ref());
        app.auth.record(&caller.name, "remove_person", &name).await;
        Ok(StatusCode::NO_CONTENT)
    };
    whole(&app, work).await
}

/// So one admin always remains.
fn not_oneself() -> Refused {
    let message =
        "You cannot remove, disable or demote the account you are signed in with. Ask another admin.";
    Refused::new(StatusCode::CONFLICT, "own_account", message)
}

/// An account without its hash.
fn shown(person: Person) -> Shown {
    Shown {
        has_password: !person.password_hash.is_empty(),
        name: person.name,
        role: person.role,
        agent: person.agent,
        subscriber: person.subscriber,
        disabled: person.disabled,
        created_at: person.created_at,
    }
}
