//! `GET /hooks/{secret}/dial-whom`, and `/dial-whom/text` and `/dial-whom/json`, which choose the answer's form.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use exotel::hooks::{self, DialWhom, DialWhomAnswer, Hook, HookKind};

use super::answer::{Answered, Source, answer};
use super::key::keys_of;
use crate::hooks::{door, no_basic};
use crate::{App, Refused};

/// The form of an answer. The vendor's text asks for the first, its example shows the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A bare `sip:` address.
    Text,
    /// The JSON object.
    Json,
}

/// Answers in the configured form.
pub async fn ask(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Ok(Path(secret)) = path else {
        return Refused::not_found("address").into_response();
    };
    let form = if app.config.dial_whom.json {
        Form::Json
    } else {
        Form::Text
    };
    respond(&app, form, &secret, query.as_deref(), &headers).await
}

/// Answers in the form that the path names.
pub async fn ask_for(
    State(app): State<App>,
    path: Result<Path<(String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let (secret, form) = match path {
        Ok(Path((secret, form))) if form == "text" => (secret, Form::Text),
        Ok(Path((secret, form))) if form == "json" => (secret, Form::Json),
        Ok(_) | Err(_) => return Refused::not_found("address").into_response(),
    };
    respond(&app, form, &secret, query.as_deref(), &headers).await
}

/// The status is 200 whenever somebody can be rung. With no context and no fallback it is 404: the call cannot be
/// connected by any answer, and the platform then shows its owner a failure of theirs to configure, not of the caller.
async fn respond(app: &App, form: Form, secret: &str, query: Option<&str>, headers: &HeaderMap) -> Response {
    let began = Instant::now();
    let hooks = &app.config.hooks;
    if !door::knows(hooks, secret) {
        return Refused::not_found("address").into_response();
    }
    if !hooks.basic.is_empty() && !door::has_basic(hooks, headers) {
        return no_basic();
    }
    let keys = keys_of(&read(query.unwrap_or_default()));
    let store = Arc::clone(&app.store);
    let looking_up = async move { store.dial_context(&keys, crate::clock::now()).await };
    let Answered { answer, source } = answer(&app.config.dial_whom, looking_up).await;
    let word = match source {
        Source::Context => "context",
        Source::Fallback => "fallback",
        Source::Deadline => "deadline",
        Source::Nobody => "nobody",
    };
    app.metrics.dial_whom(word, began.elapsed());
    match answer {
        Some(answer) => written(&answer, form),
        None => {
            let message = "Nobody was told for this call, and dial_whom.fallback is not configured.";
            Refused::new(StatusCode::NOT_FOUND, "nobody", message).into_response()
        }
    }
}

/// A question that cannot be read has no keys: the fallback is better than a failed call.
fn read(query: &str) -> DialWhom {
    match hooks::parse(HookKind::DialWhom, None, query, b"") {
        Ok(Hook::DialWhom(question)) => question,
        Ok(_) => DialWhom::default(),
        Err(error) => {
            tracing::warn!(%error, "dial-whom: the question cannot be read");
            DialWhom::default()
        }
    }
}

fn written(answer: &DialWhomAnswer, form: Form) -> Response {
    let fresh = (header::CACHE_CONTROL, "no-store");
    match form {
        Form::Text => {
            let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
            let text = answer.to_text().unwrap_or_default().to_owned();
            ([kind, fresh], text).into_response()
        }
        Form::Json => ([fresh], Json(answer.to_json())).into_response(),
    }
}
