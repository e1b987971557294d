//! `GET /events`: server-sent events, a cursor over the log. The format is in [`protocol::event`].
//!
//! A stream ends by itself after about ten minutes, with its cursor and the word to come back at once. So nodes of many
//! share readers evenly after one was restarted, and the guard sees every session again: an open phone counts as use.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use protocol::event::Event;
use protocol::session::Role;
use serde::Deserialize;
use tokio::time::Instant;

use super::cursor::Cursor;
use super::frame;
use super::reader::{Reader, State as Reading};
use crate::api::Asked;
use crate::auth::Caller;
use crate::clock;
use crate::store::Audience;
use crate::{Answer, App, Refused};

/// How long a stream lives, less or more a tenth, in milliseconds.
const ROTATION: u32 = 600_000;
/// A reader that is cut off waits a random time of this range, in milliseconds: not all come back in one moment.
const RETRY: std::ops::Range<u32> = 500..5_000;

/// `?after=`
#[derive(Debug, Deserialize)]
pub struct After {
    after: Option<String>,
}

/// The stream of who is asking.
///
/// # Errors
/// An agent without a phone, a server that goes down, a session with too many streams, a store that does not answer.
pub async fn stream(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<After>,
    headers: HeaderMap,
) -> Answer<Response> {
    let audience = match caller.role {
        Role::Agent => Audience::Agent(caller.agent()?.to_owned()),
        Role::Supervisor | Role::Admin => Audience::Everybody,
    };
    // First the inbox, then the log: what is logged between the two is in both, and is handed on once.
    let subscribed = app.hub.subscribe(&caller, audience);
    let subscription = subscribed.map_err(|_| Refused::too_many(60))?;
    // After the inbox: whoever ends all streams has seen this one, or it sees that they end.
    if app.drain.is_draining() {
        return Err(going_down());
    }
    // The session may have ended after the guard let it through and before the inbox was there to hear of it.
    if app.store.session(&caller.session, clock::now()).await?.is_none() {
        let message = "Sign in again: this session has ended.";
        return Err(Refused::new(StatusCode::UNAUTHORIZED, "not_signed_in", message));
    }
    let sent = headers.get("last-event-id").map(|value| value.to_str());
    // What a browser sends by itself counts more: the URL of its stream stays what it was at the beginning.
    let place = match sent {
        Some(Ok(id)) if !id.is_empty() => Some(id),
        Some(Err(_)) => Some("unreadable"),
        Some(Ok(_)) | None => query.after.as_deref(),
    };
    let hub = app.hub.clone();
    let (at, first) = begin(&app, place).await?;
    let reader = Reader {
        subscription,
        at,
        policy: Arc::clone(&app.policy),
        role: caller.role,
        own: caller.agent,
        session_ends: caller.expires_at,
        rotates: Instant::now() + Duration::from_millis(random(ROTATION / 10 * 9..ROTATION / 10 * 11).into()),
        ready: first,
        state: Reading::Reading,
        _open: hub.metrics().stream_opened(),
        hub,
    };
    let body = Body::from_stream(unfold(Box::new(reader), Reader::next));
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // nginx gathers answers into pages unless told not to.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, body).into_response())
}

/// Where the stream begins, and its first words.
async fn begin(app: &App, place: Option<&str>) -> Answer<(i64, VecDeque<bytes::Bytes>)> {
    let hub = &app.hub;
    let retry = random(RETRY);
    let open = |seq| frame::opening(hub.epoch(), seq, retry);
    let Some(place) = place else {
        let now = hub.position();
        return Ok((now, VecDeque::from([open(now)])));
    };
    let log = app.store.log_bounds().await?;
    match Cursor::parse(place) {
        Some(cursor) if cursor.is_held(&log) => Ok((cursor.seq, VecDeque::from([open(cursor.seq)]))),
        Some(_) | None => {
            let lost = Event::Lost { since: log.since };
            let lost = frame::block(&log.epoch, log.last, &lost);
            Ok((log.last, VecDeque::from([open(log.last), lost])))
        }
    }
}

fn going_down() -> Refused {
    let message = "This server is going down for a moment. The phone connects again by itself.";
    let mut refused = Refused::new(StatusCode::SERVICE_UNAVAILABLE, "draining", message);
    refused.problem.retry_after = Some(1);
    refused
}

/// Somewhere in `range`. Without a random source in its middle: this spreads load, it keeps no secret.
fn random(range: std::ops::Range<u32>) -> u32 {
    let span = range.end - range.start;
    let drawn = getrandom::u32().unwrap_or(u32::MAX / 2);
    range.start + drawn % span.max(1)
}
