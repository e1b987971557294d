//! Keys of CRMs' backends.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::admin::keys::{KeyList, KeyView, MadeKey, NewKey};

use crate::api::{Body, Name};
use crate::auth::Caller;
use crate::clock::now;
use crate::store::ApiKey;
use crate::{Answer, App, Refused};

/// The longest name.
const LONGEST: usize = 64;

/// `GET /api/admin/keys`
pub async fn list(State(app): State<App>) -> Answer<Json<KeyList>> {
    let keys = app.store.api_keys().await?;
    let keys = keys.into_iter().map(shown).collect();
    Ok(Json(KeyList { keys }))
}

/// `POST /api/admin/keys`: shown this once.
pub async fn make(
    State(app): State<App>,
    caller: Caller,
    Body(new): Body<NewKey>,
) -> Answer<(StatusCode, Json<MadeKey>)> {
    let name = check(&new.name)?;
    let key = app.auth.add_key(&name, now()).await?.ok_or_else(taken)?;
    app.auth.record(&caller.name, "add_key", &name).await;
    Ok((StatusCode::CREATED, Json(MadeKey { name, key })))
}

/// `DELETE /api/admin/keys/{name}`: useless from now on.
pub async fn revoke(State(app): State<App>, caller: Caller, Name(name): Name) -> Answer<StatusCode> {
    if !app.auth.revoke_key(&name).await? {
        return Err(Refused::not_found("key"));
    }
    app.auth.record(&caller.name, "revoke_key", &name).await;
    Ok(StatusCode::NO_CONTENT)
}

/// The name as it is kept.
fn check(typed: &str) -> Answer<String> {
    let name = typed.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    match (1..=LONGEST).contains(&name.len()) && name.bytes().all(plain) {
        true => Ok(name.to_owned()),
        false => Err(Refused::field(
            "name",
            "A key's name is made of 1 to 64 letters, digits, dots, underscores and hyphens.",
        )),
    }
}

fn taken() -> Refused {
    let message = "A key of this name is in use. Revoke it first, or choose another name.";
    Refused::field("name", message)
}

fn shown(key: ApiKey) -> KeyView {
    KeyView {
        name: key.name,
        created_at: key.created_at,
        revoked: key.revoked,
    }
}
