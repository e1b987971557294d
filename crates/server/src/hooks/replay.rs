//! Taking a kept webhook in once more: for an agent nobody knew yet, or what an older version made less of. One that could
//! not be read was kept as text, for people: it cannot be taken in.

use axum::http::StatusCode;
use exotel::hooks::{Fields, Hook};
use serde_json::Value;

use super::Agents;
use super::receive::write_of;
use crate::calls::addresses_in;
use crate::store::{Delivery, Kept, Store, Write, Written};
use crate::{Answer, App, Refused, clock};

/// A kept webhook by its id.
pub async fn find(store: &dyn Store, id: i64) -> Kept<Option<Delivery>> {
    let newest = store.deliveries(id.checked_add(1), 1).await?;
    Ok(newest.into_iter().find(|delivery| delivery.id == id))
}

/// Joins what it says of its call into what is known, as of when it came. Whether that changed what anybody sees.
/// Events and counts of GreenPin are not repeated: they are not harmless.
pub async fn replay(app: &App, delivery: Delivery) -> Answer<bool> {
    let (kind, received_at) = (delivery.delivery.kind, delivery.received_at);
    let hook = match delivery.delivery.body {
        Value::Object(fields) => Hook::read(kind, Fields::from_object(fields)).ok(),
        _ => None,
    };
    let Some(hook) = hook else {
        let message = "This webhook could not be read, so there is nothing to take in.";
        return Err(Refused::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unread_webhook",
            message,
        ));
    };
    let agents = Agents::find(app, &addresses_in(&hook)).await;
    let write = Write {
        facts: write_of(&hook, &agents, received_at, app.config.vendor.time_zone).facts,
        at: clock::now(),
        ..Write::default()
    };
    let written = app.writer.write(write).await?;
    Ok(matches!(written, Written::Fresh { last } if last > 0))
}
