//! Tokens of customers and of apps: raw in the header, ninety days long.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use exotel::Secret;
use exotel::integrations::Entity;
use serde_json::{Value, json};
use sip::Instant;

use super::super::records::Grant;
use super::super::{Ask, No, Platform, Quirk, Yes};
use super::done;

/// Ninety days, in milliseconds.
const LIFE: i64 = 90 * 24 * 60 * 60 * 1000;

/// `POST /token`
pub(super) fn create(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let body: Value = ask.json()?;
    let text = |name: &str| {
        let text = body.get(name).and_then(Value::as_str).unwrap_or_default();
        match text.is_empty() {
            true => Err(No::bad(format!("{name} is mandatory"))),
            false => Ok(text.to_owned()),
        }
    };
    let (id, secret) = (text("Id")?, Secret::new(text("Secret")?));
    let entity = match text("Entity")?.as_str() {
        "customer" => Entity::Customer,
        "app" => Entity::App,
        _ => return Err(No::bad("Entity is customer or app")),
    };
    let kept = match entity {
        Entity::Customer => platform.records.customers.get(&id).map(|it| &it.customer_secret),
        Entity::App => platform
            .records
            .apps
            .get(&id)
            .and_then(|it| it.app_secret.as_ref()),
    };
    if kept != Some(&secret) {
        return Err(No::unauthorized("Invalid Id or Secret"));
    }
    let wall = platform.wall(now);
    let token = match platform.quirks.has(Quirk::OpaqueTokens) {
        true => STANDARD_NO_PAD.encode([id.as_str(), "-", &platform.mint.hex()].concat()),
        false => platform.mint.jwt(&json!({
            "iss": "exotel", "sub": id, "entity": entity, "iat": wall / 1000, "exp": (wall + LIFE) / 1000,
        })),
    };
    platform.records.tokens.retain(|_, grant| grant.expires > wall);
    let expires = wall.saturating_add(LIFE);
    let grant = Grant { entity, id, expires };
    platform.records.tokens.insert(token.clone(), grant);
    Ok(done(platform, Value::from(token)))
}

/// The customer or app behind the request's token.
pub(super) fn holder(platform: &Platform, now: Instant, ask: &Ask, entity: Entity) -> Result<String, No> {
    let grant = any_holder(platform, now, ask)?;
    match grant.entity == entity {
        true => Ok(grant.id.clone()),
        false => Err(No::unauthorized(match entity {
            Entity::Customer => "This operation needs the token of a customer",
            Entity::App => "This operation needs the token of an app",
        })),
    }
}

/// Whoever the request's token is for.
pub(super) fn any_holder<'a>(platform: &'a Platform, now: Instant, ask: &Ask) -> Result<&'a Grant, No> {
    let token = ask.authorization.as_deref().unwrap_or_default();
    if token.is_empty() {
        return Err(No::unauthorized("Authorization is missing"));
    }
    let grant = platform.records.tokens.get(token);
    let grant = grant.ok_or_else(|| No::unauthorized("Invalid token"))?;
    match grant.expires > platform.wall(now) {
        true => Ok(grant),
        false => Err(No::unauthorized("Token has expired")),
    }
}
