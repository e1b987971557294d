//! Webhooks, for admins.

use axum::Json;
use axum::extract::State;
use exotel::integrations::ListSettings;
use protocol::PhoneNumber;
use protocol::webhooks::{DeliveryPage, DeliveryView, Replayed, WebhookSettings};
use serde::Deserialize;
use serde_json::Value;

use super::{Asked, Name, whole};
use crate::auth::Caller;
use crate::hooks::{compare, find, replay, wanted};
use crate::store::Delivery;
use crate::{Answer, App, Refused};

/// Webhooks of a page, if nobody says.
const PAGE: u32 = 50;
/// The most webhooks of a page.
const LARGEST: u32 = 200;

/// `GET /api/webhooks/drift`
pub async fn drift(State(app): State<App>, caller: Caller) -> Answer<Json<WebhookSettings>> {
    settings(&app, &caller).await.map(Json)
}

/// `POST /api/webhooks/install`: writes our addresses into the account, then says how it stands. A failure half-way
/// leaves what was written; doing it again is harmless.
pub async fn install(State(app): State<App>, caller: Caller) -> Answer<Json<WebhookSettings>> {
    let work = move |app: App| async move {
        for setting in wanted(&app.config) {
            app.vendor.call(&caller.name, &setting).await?;
        }
        settings(&app, &caller).await.map(Json)
    };
    whole(&app, work).await
}

async fn settings(app: &App, caller: &Caller) -> Answer<WebhookSettings> {
    let found = match app.vendor.call(&caller.name, &ListSettings).await {
        Ok(found) => found,
        // How the vendor says that nothing is set yet.
        Err(error) if error.is_not_found() => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    Ok(compare(&app.config, &found))
}

/// Which webhooks, and how.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Page {
    before: Option<i64>,
    limit: Option<u32>,
    whole: bool,
}

/// `GET /api/webhooks/deliveries?before=&limit=&whole=`
pub async fn deliveries(State(app): State<App>, Asked(page): Asked<Page>) -> Answer<Json<DeliveryPage>> {
    let limit = page.limit.unwrap_or(PAGE).clamp(1, LARGEST);
    let found = app.store.deliveries(page.before, limit).await?;
    let full = u32::try_from(found.len()).is_ok_and(|found| found == limit);
    let next = found.last().map(|delivery| delivery.id).filter(|_| full);
    let deliveries = found
        .into_iter()
        .map(|delivery| view(delivery, page.whole))
        .collect();
    Ok(Json(DeliveryPage { deliveries, next }))
}

fn view(stored: Delivery, whole: bool) -> DeliveryView {
    let delivery = stored.delivery;
    let body = match whole {
        true => delivery.body,
        false => masked("", delivery.body),
    };
    DeliveryView {
        id: stored.id,
        kind: delivery.kind.as_str().to_owned(),
        received_at: stored.received_at,
        call_sid: delivery.call_sid,
        unread: delivery.unread,
        body: body.to_string(),
    }
}

/// A body whose numbers are dots, at any depth: texts that are written like a number, except ids and durations. Of a
/// body that could not be read, every digit.
fn masked(name: &str, value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mask = |(name, value): (String, Value)| {
                let value = masked(&name, value);
                (name, value)
            };
            Value::Object(fields.into_iter().map(mask).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(|item| masked(name, item)).collect()),
        Value::String(text) if name.is_empty() => {
            Value::String(text.replace(|c: char| c.is_ascii_digit(), "•"))
        }
        Value::String(text) if is_number(name, &text) => hidden(text),
        Value::Number(number) if is_number(name, &number.to_string()) => hidden(number.to_string()),
        other => other,
    }
}

fn hidden(number: String) -> Value {
    Value::String(PhoneNumber::new(number).masked().reveal().to_owned())
}

fn is_number(name: &str, text: &str) -> bool {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    // A caller's id is a number by another name.
    let is_id = name.ends_with("id") && !name.ends_with("phonenumbersid") && !name.ends_with("callerid");
    let is_time = name.ends_with("time") || name.ends_with("at");
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // A date has hyphens too, and no plus in front.
    let signs: &[char] = match text.starts_with('+') {
        true => &['+', 'X', ' ', '-', '(', ')'],
        false => &['X', ' '],
    };
    let written_like_one = text.chars().all(|c| c.is_ascii_digit() || signs.contains(&c));
    let is_address = text.starts_with("sip:");
    !is_id && !is_time && (is_address || (written_like_one && digits > 5))
}

/// `POST /api/webhooks/deliveries/{id}/replay`
pub async fn take_in_again(State(app): State<App>, caller: Caller, Name(id): Name) -> Answer<Json<Replayed>> {
    let missing = || Refused::not_found("webhook");
    let id = id.parse().map_err(|_| missing())?;
    let delivery = find(app.store.as_ref(), id).await?.ok_or_else(missing)?;
    let changed = replay(&app, delivery).await?;
    app.auth
        .record(&caller.name, "replay_webhook", &id.to_string())
        .await;
    Ok(Json(Replayed { changed }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_become_dots_and_ids_and_times_stay() {
        let body = json!({
            "CallSid": "7bea36f8", "FromNumber": "08789489697", "DialWhomNumber": "sip:asha7", "TotalDuration": "10",
            "AppId": "123456789", "numbers": ["+918789489697"], "StartTime": "2026-09-28T14:31:08+05:30",
        });
        let shown = json!({
            "CallSid": "7bea36f8", "FromNumber": "•••••••••97", "DialWhomNumber": "•••••••••", "TotalDuration": "10",
            "AppId": "123456789", "numbers": ["+••••••••••97"], "StartTime": "2026-09-28T14:31:08+05:30",
        });
        assert_eq!(masked("", body), shown);
        let body = json!({ "from": 918789489697_u64, "CallerId": "08789489697", "to": "+91 87894-89697", "on_call_duration": 42 });
        let shown = json!({ "from": "••••••••••97", "CallerId": "•••••••••97", "to": "+••••••••••••97", "on_call_duration": 42 });
        assert_eq!(masked("", body), shown);
        assert_eq!(masked("", json!("From=0878")), json!("From=••••"));
    }
}
