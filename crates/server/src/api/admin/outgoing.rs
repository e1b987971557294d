//! Webhooks to CRMs, for admins.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::crm_webhooks::{EndpointView, OutgoingPage, OutgoingState, OutgoingView};
use serde::Deserialize;

use crate::api::{Asked, Name};
use crate::auth::Caller;
use crate::config::CrmWebhook;
use crate::crm::A_DAY;
use crate::store::{EndpointStanding, StoredOutgoing};
use crate::{Answer, App, Refused, clock};

/// Webhooks of a page, if nobody says.
const PAGE: u32 = 50;
/// The most of a page.
const LARGEST: u32 = 200;

/// Which page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Page {
    before: Option<i64>,
    limit: Option<u32>,
}

/// `GET /api/admin/outgoing?before=&limit=`
pub async fn list(State(app): State<App>, Asked(page): Asked<Page>) -> Answer<Json<OutgoingPage>> {
    let limit = page.limit.unwrap_or(PAGE).clamp(1, LARGEST);
    let found = app.store.outgoing(page.before, limit).await?;
    let full = u32::try_from(found.len()).is_ok_and(|found| found == limit);
    let standings = app.store.endpoints().await?;
    let endpoints = app
        .config
        .crm_webhooks
        .iter()
        .map(|crm| endpoint(crm, &standings));
    Ok(Json(OutgoingPage {
        endpoints: endpoints.collect(),
        next: found.last().map(|stored| stored.id).filter(|_| full),
        messages: found.into_iter().map(view).collect(),
    }))
}

/// Of the address only the host: the rest may hold a secret.
fn endpoint(crm: &CrmWebhook, standings: &[EndpointStanding]) -> EndpointView {
    let url = reqwest::Url::parse(crm.url.reveal()).ok();
    let standing = standings
        .iter()
        .find(|standing| standing.name == crm.name)
        .cloned();
    let standing = standing.unwrap_or_default();
    EndpointView {
        name: crm.name.clone(),
        host: url
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default(),
        events: crm.events.clone(),
        failing_since: standing.failing_since,
        off: standing.off,
    }
}

fn view(stored: StoredOutgoing) -> OutgoingView {
    let outgoing = stored.outgoing;
    OutgoingView {
        id: stored.id,
        message: outgoing.message,
        endpoint: outgoing.endpoint,
        news: outgoing.news,
        sid: outgoing.sid,
        made_at: outgoing.made_at,
        state: stored.state,
        tries: stored.tries,
        next: Some(outgoing.not_before).filter(|_| stored.state == OutgoingState::Waiting),
        words: stored.words,
    }
}

/// `POST /api/admin/outgoing/{id}/again`: sent once more, and tried for another day.
pub async fn send_again(State(app): State<App>, caller: Caller, Name(id): Name) -> Answer<StatusCode> {
    let missing = || Refused::not_found("webhook");
    let id: i64 = id.parse().map_err(|_| missing())?;
    let now = clock::now();
    if !app.store.send_again(id, now, now + A_DAY).await? {
        return Err(missing());
    }
    app.crm.notify_one();
    app.auth
        .record(&caller.name, "send_webhook_again", &id.to_string())
        .await;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/admin/outgoing/endpoints/{name}/on`: it is told everything from now on, and what waits.
pub async fn turn_on(State(app): State<App>, caller: Caller, Name(name): Name) -> Answer<StatusCode> {
    if !app.config.crm_webhooks.iter().any(|crm| crm.name == name) {
        return Err(Refused::not_found("receiver"));
    }
    app.store.endpoint_on(&name).await?;
    app.crm.notify_one();
    app.auth.record(&caller.name, "crm_webhook_on", &name).await;
    Ok(StatusCode::NO_CONTENT)
}
