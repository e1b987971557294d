//! The customer behind a token.

use exotel::integrations::Entity;
use serde_json::{Value, json};
use sip::Instant;

use super::super::{Ask, No, Platform, Yes};
use super::{app, done, token};

/// `GET /customer`
pub(super) fn get(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let id = token::holder(platform, now, ask, Entity::Customer)?;
    let customer = platform.records.customers.get(&id);
    let customer = customer.ok_or_else(|| No::unauthorized("The customer was deleted"))?;
    Ok(done(platform, json!(customer)))
}

/// `DELETE /customer`: with its apps and all that is in them.
pub(super) fn delete(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let id = token::holder(platform, now, ask, Entity::Customer)?;
    let apps = platform.records.apps.values().filter(|app| app.customer_id == id);
    let apps: Vec<String> = apps.map(|app| app.app_id.clone()).collect();
    for app in apps {
        app::remove(platform, &app);
    }
    platform.records.customers.remove(&id);
    platform.records.tokens.retain(|_, grant| grant.id != id);
    Ok(done(platform, Value::from("Deleted Successfully")))
}
