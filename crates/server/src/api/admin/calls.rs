//! The call log with filters, for supervisors.

use std::collections::VecDeque;

use axum::Json;
use axum::body::Body as Stream;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use exotel::Timestamp;
use futures_util::stream::unfold;
use protocol::Millis;
use protocol::admin::calls::CallFilter;
use protocol::call::CallView;
use protocol::history::{CallPage, Note};
use serde::Serialize;

use crate::admin::jobs::table;
use crate::api::Asked;
use crate::api::history::{check_search, read_place, shown};
use crate::auth::Caller;
use crate::phone::masking;
use crate::store::{HistoryQuery, StoreError};
use crate::{Answer, App};

/// Calls of a page, if nobody says; and the most.
const PAGE: u32 = 50;
const LARGEST: u32 = 200;
/// Lines of a file.
const LINES: usize = 100_000;
/// The file's columns.
const COLUMNS: [&str; 13] = [
    "started",
    "answered",
    "ended",
    "agent",
    "direction",
    "outcome",
    "number",
    "virtual_number",
    "talk_seconds",
    "recorded",
    "disposition",
    "note",
    "id",
];

/// `GET /api/admin/calls`
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Asked(filter): Asked<CallFilter>,
) -> Answer<Json<CallPage>> {
    let limit = filter.limit.unwrap_or(PAGE).clamp(1, LARGEST);
    let query = query(&app, &caller, filter, limit)?;
    let page = app.store.history(&query).await?;
    Ok(Json(shown(&app, &caller, page)))
}

/// `GET /api/admin/calls.csv`: page by page, so that a long file takes no memory. A store that fails ends it early: the
/// browser says that the file is not whole.
pub async fn file(
    State(app): State<App>,
    caller: Caller,
    Asked(filter): Asked<CallFilter>,
) -> Answer<Response> {
    let mut first = query(&app, &caller, filter, LARGEST)?;
    first.before = None;
    app.auth.record(&caller.name, "export_calls", "").await;
    let file = File {
        app,
        caller,
        next: Some(first),
        lines: 0,
        waiting: VecDeque::from([table::write([COLUMNS.map(str::to_owned).to_vec()])]),
    };
    let body = Stream::from_stream(unfold(file, File::next));
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"calls.csv\""),
    ];
    Ok((headers, body).into_response())
}

/// A file on its way.
struct File {
    app: App,
    caller: Caller,
    next: Option<HistoryQuery>,
    lines: usize,
    waiting: VecDeque<String>,
}

impl File {
    /// The next piece, if there is one.
    async fn next(mut self) -> Option<(Result<String, StoreError>, Self)> {
        if let Some(piece) = self.waiting.pop_front() {
            return Some((Ok(piece), self));
        }
        let mut query = self.next.take()?;
        let page = match self.app.store.history(&query).await {
            Ok(page) => page,
            Err(error) => return Some((Err(error), self)),
        };
        self.lines += page.calls.len();
        query.before = page.next;
        let more = query.before.is_some() && self.lines < LINES;
        self.next = more.then_some(query);
        let lines = page.calls.into_iter().map(|(view, note)| self.line(view, note));
        let piece = table::write(lines.collect::<Vec<_>>());
        Some((Ok(piece), self))
    }

    fn line(&self, view: CallView, note: Option<Note>) -> Vec<String> {
        let view = masking::view_for(&self.app.policy, self.caller.role, view);
        let (disposition, note) = note.map(|note| (note.disposition, note.text)).unwrap_or_default();
        vec![
            time(Some(view.started_at)),
            time(view.answered_at),
            time(view.ended_at),
            view.agent,
            word(&view.direction),
            view.outcome.as_ref().map(word).unwrap_or_default(),
            view.number.reveal().to_owned(),
            view.virtual_number.reveal().to_owned(),
            view.talk_seconds
                .map(|seconds| seconds.to_string())
                .unwrap_or_default(),
            if view.recorded { "yes" } else { "no" }.to_owned(),
            disposition,
            note,
            view.sid,
        ]
    }
}

fn query(app: &App, caller: &Caller, filter: CallFilter, limit: u32) -> Answer<HistoryQuery> {
    let given = |text: Option<String>| {
        text.map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let search = given(filter.search);
    if let Some(text) = &search {
        check_search(text, masking::sees_numbers(&app.policy, caller.role))?;
    }
    let before = given(filter.before);
    Ok(HistoryQuery {
        agent: given(filter.agent),
        direction: filter.direction,
        outcome: filter.outcome,
        from: filter.from,
        to: filter.to,
        search,
        before: before.as_deref().map(read_place).transpose()?,
        limit,
        ..HistoryQuery::default()
    })
}

/// In UTC; empty if it is not known.
fn time(at: Option<Millis>) -> String {
    at.map(|at| Timestamp::at(at, 0).as_str().to_owned())
        .unwrap_or_default()
}

/// The wire's word.
fn word<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
