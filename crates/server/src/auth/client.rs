//! The address that a try to sign in is counted against.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::ops::ClientAddr;

/// Who is at the other end, as far as is known: a router without connections under it does not know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Client(pub Option<IpAddr>);

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let client = parts.extensions.get::<ClientAddr>();
        Ok(Self(client.map(|ClientAddr(address)| *address)))
    }
}
