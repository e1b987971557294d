//! The handler of every webhook but dial-whom.

use std::collections::BTreeMap;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use exotel::hooks::{self, Hook, HookKind};
use protocol::Millis;
use protocol::event::Event;

use super::{Agents, body, door, greenpin, kept, push};
use crate::calls::{addresses_in, of_hook, of_hook_so_far};
use crate::store::{Logged, NewEvent, Write, Written};
use crate::{Answer, App, Refused, clock};

/// Takes a webhook in: 200 once it is kept for good, with an empty body.
///
/// A path with a wrong secret answers like a path that does not exist.
pub async fn receive(
    State(app): State<App>,
    path: Result<Path<(String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: axum::body::Body,
) -> Response {
    let Ok(Path((secret, kind))) = path else {
        return no_such_address().into_response();
    };
    // Looked at in any case, so that the time of the answer does not tell which of the two was wrong.
    let known = door::knows(&app.config.hooks, &secret);
    let kind = kind
        .parse()
        .ok()
        .filter(|kind: &HookKind| *kind != HookKind::DialWhom);
    let (true, Some(kind)) = (known, kind) else {
        return no_such_address().into_response();
    };
    // A push notification makes a device ring: its path alone is not enough.
    let wants_basic = kind == HookKind::Push || !app.config.hooks.basic.is_empty();
    if wants_basic && !door::has_basic(&app.config.hooks, &headers) {
        app.metrics.hook(kind.as_str(), "refused");
        return match app.config.hooks.basic.is_empty() {
            true => none_configured().into_response(),
            false => no_basic(),
        };
    }
    let query = query.unwrap_or_default();
    let taken = take(&app, kind, &query, &headers, body).await;
    let result = match &taken {
        Ok(taken) => taken.word(),
        Err(refused) if refused.status.is_server_error() => "failed",
        Err(_) => "refused",
    };
    app.metrics.hook(kind.as_str(), result);
    match taken {
        Ok(_) => StatusCode::OK.into_response(),
        Err(refused) => refused.into_response(),
    }
}

/// What became of a webhook that is answered with 200.
#[derive(Clone, Copy)]
enum Taken {
    Fresh,
    Repeated,
    Unread,
}

impl Taken {
    /// The word of the figures.
    fn word(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Repeated => "repeated",
            Self::Unread => "unread",
        }
    }
}

impl From<Written> for Taken {
    fn from(written: Written) -> Self {
        match written {
            Written::Fresh { .. } => Self::Fresh,
            Written::Repeated => Self::Repeated,
        }
    }
}

fn no_such_address() -> Refused {
    Refused::not_found("address")
}

/// Nothing that the platform could send would open this.
fn none_configured() -> Refused {
    let message =
        "Push notifications need credentials. Configure hooks.basic, then put them into the webhook's URL.";
    Refused::new(StatusCode::UNAUTHORIZED, "basic_needed", message)
}

/// The path is right and the credentials are not: whoever set up the webhook forgot `user:password@`.
pub(crate) fn no_basic() -> Response {
    let message = "Put the configured user and password into the webhook's URL: https://user:password@…";
    let refused = Refused::new(StatusCode::UNAUTHORIZED, "basic_needed", message);
    let mut response = refused.into_response();
    let scheme = HeaderValue::from_static("Basic realm=\"hooks\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
    response
}

async fn take(
    app: &App,
    kind: HookKind,
    query: &str,
    headers: &HeaderMap,
    body: axum::body::Body,
) -> Answer<Taken> {
    let body = body::read(body).await?;
    let at = clock::now();
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let hook = match hooks::parse(kind, content_type, query, &body) {
        Ok(hook) => hook,
        // Another answer than 200 would bring the same bytes twice more. They are kept for people to look at.
        Err(error) => {
            tracing::warn!(%kind, %error, "a webhook cannot be read");
            let write = Write {
                delivery: Some(kept::unread(kind, query, &body, &error)),
                at,
                ..Write::default()
            };
            app.writer.write(write).await?;
            return match kind {
                // Here 200 would say that a device was told.
                HookKind::Push => Err(Refused::new(
                    StatusCode::BAD_REQUEST,
                    "unread_body",
                    error.to_string(),
                )),
                _ => Ok(Taken::Unread),
            };
        }
    };
    if let Hook::Push(notification) = &hook {
        let events = push::events(app.store.as_ref(), notification).await?;
        return forward(app, &hook, events, at).await;
    }
    let addresses = addresses_in(&hook);
    let agents = app.agents.look_up(&addresses);
    let all_known = agents.len() == addresses.len();
    let zone = app.config.vendor.time_zone;
    let mut write = write_of(&hook, &agents, at, zone);
    write.delivery = Some(kept::of_hook(&hook));
    if !all_known {
        write.facts = of_hook_so_far(&hook, at, zone);
    }
    let written = app.writer.write(write).await?;
    if !all_known {
        app.drain.spawn(join_agents(app.clone(), hook, at));
    }
    Ok(written.into())
}

/// Finds the agents of a webhook that is answered already, and joins them into its call. A repeat does it again: the first
/// may not have come so far.
async fn join_agents(app: App, hook: Hook, at: Millis) {
    let agents = Agents::find(&app, &addresses_in(&hook)).await;
    let write = Write {
        facts: write_of(&hook, &agents, at, app.config.vendor.time_zone).facts,
        at: clock::now(),
        ..Write::default()
    };
    if let Err(error) = app.writer.write(write).await {
        // Later news of the call, or reconciliation, makes up for it.
        tracing::error!(%error, "the agents of a webhook could not be kept");
    }
}

/// What a webhook changes, without its delivery.
pub(super) fn write_of(hook: &Hook, agents: &BTreeMap<&str, String>, at: Millis, zone: i16) -> Write {
    let (news, allocation) = greenpin::news(hook, at).unzip();
    let event = |news| NewEvent {
        agent: None,
        body: Logged::Public(Event::GreenPin(news)),
    };
    Write {
        delivery: None,
        facts: of_hook(hook, at, zone, &|address| agents.get(address).cloned()),
        allocation: allocation.flatten(),
        events: news.into_iter().map(event).collect(),
        at,
    }
}

/// Hands a push notification to its agents. 404 if there is none: 200 would have the platform wait for a device that
/// nobody told.
async fn forward(app: &App, hook: &Hook, events: Vec<NewEvent>, at: Millis) -> Answer<Taken> {
    let nobody = events.is_empty();
    let mut delivery = kept::of_hook(hook);
    if nobody {
        // Under a key of its own, so that it is not taken for a repeat once there is such an account.
        delivery.key = format!("nobody:{}", delivery.key);
        delivery.unread = Some("no account has this subscriber".to_owned());
    }
    let write = Write {
        delivery: Some(delivery),
        events,
        at,
        ..Write::default()
    };
    let written = app.writer.write(write).await?;
    match nobody {
        true => {
            let message =
                "No account has this subscriber. Set it with: softphone-server user add --subscriber.";
            Err(Refused::new(StatusCode::NOT_FOUND, "unknown_subscriber", message))
        }
        false => Ok(written.into()),
    }
}
