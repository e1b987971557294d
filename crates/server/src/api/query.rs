//! Queries and ids in paths: what cannot be read is refused in our own shape.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::Refused;
use crate::phone::calls_seen;

/// The query of a request.
#[derive(Clone, Copy, Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        match Query::from_request_parts(parts, state).await {
            Ok(Query(query)) => Ok(Self(query)),
            Err(_) => {
                let message = "A parameter of the address cannot be read. Check its name and its form.";
                Err(Refused::new(StatusCode::BAD_REQUEST, "wrong_query", message))
            }
        }
    }
}

/// The only parameter of a path. What is no text (bytes that are not UTF-8) is the name of nothing.
#[derive(Clone, Debug)]
pub struct Name(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let name = Path::<String>::from_request_parts(parts, state).await;
        let Path(name) = name.map_err(|_| Refused::not_found("address"))?;
        Ok(Self(name))
    }
}

/// The id of a call, the only parameter of its path. What no call can be called is not found.
#[derive(Clone, Debug)]
pub struct Sid(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Sid {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let sid = Path::<String>::from_request_parts(parts, state).await;
        let sid = sid.ok().map(|Path(sid)| sid);
        sid.filter(|sid| calls_seen::is_sid(sid))
            .map(Self)
            .ok_or_else(|| Refused::not_found("call"))
    }
}
