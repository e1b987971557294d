//! Signing in and out, and which sessions there are.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use protocol::session::{NewPassword, OpenSession, Role, Session, SignIn, TicketExchange};
use serde::Deserialize;

use super::{Asked, Body, Name};
use crate::auth::{Caller, Client, Way, cookie, device_follows, people, token};
use crate::clock::now;
use crate::store::{Carrier, StoredSession};
use crate::{Answer, App, Refused};

/// A `Set-Cookie` line.
type Cookie = [(HeaderName, HeaderValue); 1];

/// `POST /api/session`: name and password for the cookie.
pub async fn sign_in(
    State(app): State<App>,
    Client(address): Client,
    Body(typed): Body<SignIn>,
) -> Answer<(Cookie, Json<Session>)> {
    let opened = app.auth.sign_in(Way::Local(typed), address, now()).await;
    app.metrics.sign_in(match &opened {
        Ok(_) => "ok",
        Err(refused) if refused.status == StatusCode::TOO_MANY_REQUESTS => "limited",
        Err(refused) if refused.status == StatusCode::UNAUTHORIZED => "wrong",
        Err(_) => "failed",
    });
    let opened = opened?;
    Ok(([cookie::set(&opened.secret)], Json(opened.session)))
}

/// `POST /api/session/ticket`: a ticket for a bearer token, inside a frame.
pub async fn exchange(State(app): State<App>, Body(shown): Body<TicketExchange>) -> Answer<Json<Session>> {
    let session = app.auth.exchange(&shown, now()).await?;
    Ok(Json(session))
}

/// `GET /api/session`: who am I?
pub async fn current(caller: Caller) -> Json<Session> {
    Json(Session {
        name: caller.name,
        role: caller.role,
        agent: caller.agent,
        expires_at: caller.expires_at,
        token: None,
    })
}

/// `DELETE /api/session`: sign out, and take the cookie back.
pub async fn sign_out(State(app): State<App>, caller: Caller) -> Answer<(StatusCode, Cookie)> {
    app.store.end_session(&caller.session, now()).await?;
    device_follows::signed_out(&app, &caller.name, caller.agent.as_ref());
    Ok((StatusCode::NO_CONTENT, [cookie::clear()]))
}

/// `POST /api/session/password`: another one for one's own account; its other sessions end.
pub async fn change_password(
    State(app): State<App>,
    caller: Caller,
    Client(address): Client,
    Body(typed): Body<NewPassword>,
) -> Answer<StatusCode> {
    app.auth.change_password(&caller, typed, address, now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whose sessions.
#[derive(Debug, Deserialize)]
pub struct Whose {
    /// An account, for admins; without, the caller's own.
    name: Option<String>,
}

/// `GET /api/sessions`: where am I signed in? Admins may ask about anyone.
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Asked(whose): Asked<Whose>,
) -> Answer<Json<Vec<OpenSession>>> {
    let name = may_ask_about(&app, &caller, whose).await?;
    let sessions = app.store.sessions_of(&name, now()).await?;
    let show = |session| shown(session, &caller);
    Ok(Json(sessions.into_iter().map(show).collect()))
}

/// `DELETE /api/sessions`: sign out everywhere, here too. Admins may do it to anyone.
pub async fn end_all(
    State(app): State<App>,
    caller: Caller,
    Asked(whose): Asked<Whose>,
) -> Answer<StatusCode> {
    let name = may_ask_about(&app, &caller, whose).await?;
    let sessions = app.store.sessions_of(&name, now()).await?;
    app.auth.sign_out_everywhere(&name, now()).await?;
    let agent = sessions.first().and_then(|session| session.agent.as_ref());
    device_follows::signed_out(&app, &name, agent);
    app.auth.record(&caller.name, "end_sessions", &name).await;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/sessions/{id}`: end one of one's own sessions; an admin, anybody's.
pub async fn end_one(State(app): State<App>, caller: Caller, Name(id): Name) -> Answer<StatusCode> {
    let missing = || Refused::not_found("session");
    let hash = token::unhex(&id).ok_or_else(missing)?;
    let session = app.store.session(&hash, now()).await?;
    let session = session.filter(|session| session.name == caller.name || caller.role == Role::Admin);
    let session = session.ok_or_else(missing)?;
    app.store.end_session(&session.hash, now()).await?;
    device_follows::signed_out(&app, &session.name, session.agent.as_ref());
    if session.name != caller.name {
        app.auth.record(&caller.name, "end_session", &session.name).await;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The account that is asked about, if the caller may and there is one.
async fn may_ask_about(app: &App, caller: &Caller, whose: Whose) -> Answer<String> {
    let Some(typed) = whose.name else {
        return Ok(caller.name.clone());
    };
    let name = people::name(&typed);
    if name.as_ref() == Some(&caller.name) {
        return Ok(caller.name.clone());
    }
    if caller.role < Role::Admin {
        let message = "Only an admin may see or end other people's sessions.";
        return Err(Refused::new(StatusCode::FORBIDDEN, "role_too_low", message));
    }
    let missing = || Refused::not_found("account");
    let name = name.ok_or_else(missing)?;
    let person = app.store.person(&name).await?.ok_or_else(missing)?;
    Ok(person.name)
}

/// A session as its owner sees it.
fn shown(session: StoredSession, caller: &Caller) -> OpenSession {
    OpenSession {
        id: token::hex(&session.hash),
        current: session.hash == caller.session,
        embedded_in: match session.carrier {
            Carrier::Cookie => None,
            Carrier::Bearer { embedded_in } => Some(embedded_in),
        },
        created_at: session.created_at,
        expires_at: session.expires_at,
    }
}
