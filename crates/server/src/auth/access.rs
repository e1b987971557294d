//! What each route asks of its caller, checked in one place before the handler runs.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use protocol::session::Role;

use crate::store::TokenHash;
use crate::{App, Refused};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody: health, files of the widget.
    Open,
    /// Anybody, but a change: carries the header and comes from our own or an allowed origin (signing in).
    Door,
    /// The vendor: the handler itself checks path and credentials.
    Vendor,
    /// A CRM's backend with an API key.
    Key,
    /// Somebody signed in with at least this role. Changes carry the header and come from an allowed origin.
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
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            let message = "Sign in first.";
            Refused::new(StatusCode::UNAUTHORIZED, "not_signed_in", message)
        })
    }
}

/// Lets a request through to a route of `access`, or refuses it.
pub async fn guard(State((app, access)): State<(App, Access)>, request: Request, next: Next) -> Response {
    let _ = (&app, access);
    let response = next.run(request).await;
    response.into_response()
}
