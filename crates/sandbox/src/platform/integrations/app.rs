//! Apps of a customer.

use exotel::integrations::{App, CreateApp, Domain, Entity};
use exotel::{IST, Secret, Timestamp};
use serde_json::{Value, json};
use sip::Instant;

use super::super::{Ask, No, Platform, Yes};
use super::{done, token};

/// `POST /app`
pub(super) fn create(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let customer_id = token::holder(platform, now, ask, Entity::Customer)?;
    let asked: CreateApp = ask.json()?;
    let needed = [
        ("AppName", asked.app_name.as_str()),
        ("ExotelAccountSid", &asked.exotel_account_sid),
        ("ExotelApiKey", asked.exotel_api_key.reveal()),
        ("ExotelApiToken", asked.exotel_api_token.reveal()),
        ("ExotelDomain", asked.exotel_domain.as_str()),
    ];
    if let Some((name, _)) = needed.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(No::bad(format!("{name} is mandatory")));
    }
    if matches!(asked.exotel_domain, Domain::Other(_)) {
        return Err(No::bad("ExotelDomain is Singapore or Mumbai"));
    }
    let tenant = platform.records.tenants.get(&asked.exotel_account_sid);
    if !tenant.is_some_and(|it| it.api_key == asked.exotel_api_key && it.api_token == asked.exotel_api_token)
    {
        return Err(No::bad("Invalid Exotel account credentials"));
    }
    let made = Timestamp::at(platform.wall(now), IST);
    let app = App {
        app_id: platform.mint.uuid(),
        app_secret: Some(Secret::new(platform.mint.uuid())),
        customer_id,
        app_name: asked.app_name,
        exotel_account_sid: asked.exotel_account_sid,
        exotel_api_key: Some(asked.exotel_api_key),
        exotel_api_token: Some(asked.exotel_api_token),
        exotel_domain: asked.exotel_domain,
        is_active: Some(asked.is_active),
        created_at: made.clone(),
        updated_at: made,
        ..App::default()
    };
    let data = json!(app);
    platform.records.apps.insert(app.app_id.clone(), app);
    Ok(done(platform, data))
}

/// `GET /app`: one by an app's token, all by a customer's. The official SDK leaves `entity` out.
pub(super) fn get(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let entity = match ask.in_query("entity") {
        Some("app") => Entity::App,
        Some("customer") => Entity::Customer,
        Some(_) => return Err(No::bad("entity is app or customer")),
        None => token::any_holder(platform, now, ask)?.entity,
    };
    let id = token::holder(platform, now, ask, entity)?;
    let data = match entity {
        Entity::App => without_secrets(find(platform, &id)?),
        Entity::Customer => {
            let apps = platform.records.apps.values().filter(|app| app.customer_id == id);
            apps.map(without_secrets).collect()
        }
    };
    Ok(done(platform, data))
}

/// `DELETE /app`: with its settings and users.
pub(super) fn delete(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let id = token::holder(platform, now, ask, Entity::App)?;
    remove(platform, &id);
    Ok(done(platform, Value::from("Deleted Successfully")))
}

/// The app behind a token.
pub(super) fn of_token(platform: &Platform, now: Instant, ask: &Ask) -> Result<App, No> {
    let id = token::holder(platform, now, ask, Entity::App)?;
    find(platform, &id).cloned()
}

/// Takes an app away, and its tokens with it.
pub(super) fn remove(platform: &mut Platform, id: &str) {
    platform.records.apps.remove(id);
    platform.records.settings.remove(id);
    platform.records.users.remove(id);
    platform.records.tokens.retain(|_, grant| grant.id != id);
}

fn find<'a>(platform: &'a Platform, id: &str) -> Result<&'a App, No> {
    let app = platform.records.apps.get(id);
    app.ok_or_else(|| No::unauthorized("The app was deleted"))
}

fn without_secrets(app: &App) -> Value {
    json!(App {
        app_secret: None,
        exotel_api_key: None,
        exotel_api_token: None,
        ..app.clone()
    })
}
