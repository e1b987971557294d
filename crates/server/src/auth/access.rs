//! What each route asks of its caller, checked in one place before the handler runs.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use protocol::session::Role;

use super::origin::{check_change, from_outside};
use super::session::shown;
use crate::store::TokenHash;
use crate::{Answer, App, Refused};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody: health, files of the widget.
    Open,
    /// Anybody, but a change: carries the header and comes from our own origin (signing in).
    Door,
    /// The vendor: the handler itself checks path and credentials.
    Vendor,
    /// A CRM's backend with an API key.
    Key,
    /// Somebody signed in with at least this role. Changes carry the header and come from our own origin.
    SignedIn(Role),
}

/// Who is asking. In every handler behind [`Access::SignedIn`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account's name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their `AppUserId`.
    pub agent: Option<String>,
    /// Their session.
    pub session: TokenHash,
    /// When it ends unless extended.
    pub expires_at: protocol::Millis,
}

/// Which API key is asking. In every handler behind [`Access::Key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHolder {
    /// What the key is called.
    pub name: String,
}

impl Caller {
    /// Their `AppUserId`, or the refusal for somebody who has no phone.
    pub fn agent(&self) -> Result<&str, Refused> {
        self.agent.as_deref().ok_or_else(|| {
            let message =
                "This account belongs to no agent, so it has no phone. Ask an admin to set its agent.";
            Refused::new(StatusCode::FORBIDDEN, "no_agent", message)
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        parts.extensions.get::<Self>().cloned().ok_or_else(not_signed_in)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for KeyHolder {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(super::key::refused)
    }
}

/// Lets a request through to a route of `access`, or refuses it.
pub async fn guard(State((app, access)): State<(App, Access)>, mut request: Request, next: Next) -> Response {
    let mut response = match admit(&app, access, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(refused) => refused.into_response(),
    };
    match access {
        Access::Open | Access::Vendor => {}
        Access::Door | Access::Key | Access::SignedIn(_) => challenge(&mut response),
    }
    response
}

/// RFC 9110 wants a challenge with each 401. `Bearer` is one that opens no dialog in a browser.
fn challenge(response: &mut Response) {
    if response.status() == StatusCode::UNAUTHORIZED {
        let bearer = HeaderValue::from_static("Bearer");
        response.headers_mut().insert(WWW_AUTHENTICATE, bearer);
    }
}

/// The checks, in their order.
async fn admit(app: &App, access: Access, request: &mut Request) -> Answer<()> {
    let change = !request.method().is_safe();
    match access {
        Access::Open | Access::Vendor => Ok(()),
        Access::Door if change => check_change(request.headers(), &app.auth.own),
        Access::Door => Ok(()),
        Access::Key => {
            let holder = app.auth.key_holder(request.headers()).await?;
            request.extensions_mut().insert(holder);
            Ok(())
        }
        Access::SignedIn(least) => {
            let check = if change { check_change } else { from_outside };
            check(request.headers(), &app.auth.own)?;
            let caller = match shown(request.headers()) {
                Some(shown) => app.auth.recognise(shown, crate::clock::now()).await?,
                None => None,
            };
            let caller = caller.ok_or_else(not_signed_in)?;
            if caller.role < least {
                return Err(role_too_low(least));
            }
            request.extensions_mut().insert(caller);
            Ok(())
        }
    }
}

/// 401: no session, or one that has ended.
fn not_signed_in() -> Refused {
    let message = "You are not signed in, or no longer. Sign in.";
    Refused::new(StatusCode::UNAUTHORIZED, "not_signed_in", message)
}

/// 403: signed in, but not as somebody who may.
fn role_too_low(least: Role) -> Refused {
    let who = match least {
        Role::Agent => "an agent",
        Role::Supervisor => "a supervisor",
        Role::Admin => "an admin",
    };
    let message = format!("Only {who} may do this. Ask one, or sign in as one.");
    Refused::new(StatusCode::FORBIDDEN, "role_too_low", message)
}
