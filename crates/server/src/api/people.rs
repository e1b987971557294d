//! Accounts, for admins.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::people::{Person as Shown, PersonChange};
use protocol::session::Role;

use super::Body;
use crate::auth::{Caller, people};
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
    Path(name): Path<String>,
    Body(change): Body<PersonChange>,
) -> Answer<Json<Shown>> {
    let name = people::name(&name).ok_or_else(|| Refused::field("name", people::NAME_RULE))?;
    if name == caller.name && (change.role != Role::Admin || change.disabled) {
        return Err(not_oneself());
    }
    let before = app.store.person(&name).await?;
    let agent = change.agent.filter(|agent| !agent.is_empty());
    let taken = match &agent {
        Some(agent) => app.store.person_of_agent(agent).await?,
        None => None,
    };
    if let Some(other) = taken.filter(|other| other.name != name) {
        let message = format!("The account \"{}\" belongs to this agent already.", other.name);
        return Err(Refused::field("agent", message));
    }
    let (password_hash, created_at) = match (change.password, before) {
        (Some(password), before) => {
            let hash = app.auth.passwords().hash(password).await?;
            (hash, before.map_or_else(now, |before| before.created_at))
        }
        (None, Some(before)) => (before.password_hash, before.created_at),
        (None, None) => (String::new(), now()),
    };
    let person = Person {
        name,
        password_hash,
        role: change.role,
        agent,
        subscriber: change.subscriber.filter(|subscriber| !subscriber.is_empty()),
        disabled: change.disabled,
        created_at,
    };
    app.auth.put(&person, now()).await?;
    app.auth.record(&caller.name, "put_person", &person.name).await;
    Ok(Json(shown(person)))
}

/// `DELETE /api/people/{name}`: removes an account and ends its sessions. Its calls stay.
pub async fn remove(State(app): State<App>, caller: Caller, Path(name): Path<String>) -> Answer<StatusCode> {
    let name = people::name(&name).ok_or_else(|| Refused::not_found("account"))?;
    if name == caller.name {
        return Err(not_oneself());
    }
    if !app.store.remove_person(&name).await? {
        return Err(Refused::not_found("account"));
    }
    app.auth.record(&caller.name, "remove_person", &name).await;
    Ok(StatusCode::NO_CONTENT)
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
