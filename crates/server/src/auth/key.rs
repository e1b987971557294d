//! API keys: a CRM's backend says who it is.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use protocol::{Millis, Secret};
use subtle::ConstantTimeEq;

use super::{Auth, KeyHolder, token};
use crate::store::ApiKey;
use crate::{Answer, Refused};

/// What every key begins with, so that scanners for lost secrets find it.
const PREFIX: &str = "softphone_key_";

impl Auth {
    /// Makes a key called `name`. It is told this once; kept is its hash. `None`: there is a live key of that name.
    ///
    /// # Errors
    /// The store or the source of randomness failed: there is no such key.
    pub async fn add_key(&self, name: &str, now: Millis) -> Answer<Option<Secret>> {
        if self.live_keys(name).await?.next().is_some() {
            return Ok(None);
        }
        let (secret, _) = token::fresh()?;
        let key = format!("{PREFIX}{}", secret.reveal());
        let kept = ApiKey {
            hash: token::hash(&key),
            name: name.to_owned(),
            created_at: now,
            revoked: false,
        };
        // Two may add one name at once.
        let written = self.store.put_api_key(&kept).await?;
        Ok(written.then(|| Secret::new(key)))
    }

    /// Makes every key called `name` useless from now on. Whether there was one.
    ///
    /// # Errors
    /// The store failed: the key may still be good.
    pub async fn revoke_key(&self, name: &str) -> Answer<bool> {
        let mut found = false;
        for mut key in self.live_keys(name).await? {
            found = true;
            key.revoked = true;
            self.store.put_api_key(&key).await?;
        }
        Ok(found)
    }

    /// Keys called `name` that were not revoked.
    async fn live_keys(&self, name: &str) -> Answer<impl Iterator<Item = ApiKey>> {
        let keys = self.store.api_keys().await?.into_iter();
        Ok(keys.filter(move |key| key.name == name && !key.revoked))
    }

    /// Whose key a request shows: as `Bearer`, or as the password of `Basic` with any user name.
    pub(super) async fn key_holder(&self, headers: &HeaderMap) -> Answer<KeyHolder> {
        if headers.contains_key("sec-fetch-site") {
            let message =
                "An API key belongs in a backend, never in a page. Ask your own server to make this request.";
            return Err(Refused::new(StatusCode::FORBIDDEN, "key_in_browser", message));
        }
        let hash = token::hash(&shown(headers).ok_or_else(refused)?);
        let key = self.store.api_key(&hash).await?.ok_or_else(refused)?;
        let same = bool::from(key.hash.ct_eq(&hash));
        if !same || key.revoked {
            return Err(refused());
        }
        Ok(KeyHolder { name: key.name })
    }
}

/// The key in the `Authorization` header.
fn shown(headers: &HeaderMap) -> Option<String> {
    let (scheme, rest) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(rest.trim()).ok()?).ok()?;
    Some(decoded.split_once(':')?.1.to_owned())
}

/// 401: no key, an unknown one, one that was revoked.
pub(super) fn refused() -> Refused {
    let message = "This needs an API key: \"Authorization: Bearer <key>\". Make one on the admin's page, or with \"softphone-server key add\".";
    Refused::new(StatusCode::UNAUTHORIZED, "key_refused", message)
}
