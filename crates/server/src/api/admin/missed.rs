//! `GET /api/admin/missed`

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use protocol::Millis;
use protocol::admin::missed::MissedReport;
use serde::Deserialize;

use crate::admin::missed;
use crate::api::Asked;
use crate::auth::Caller;
use crate::phone::masking;
use crate::store::HistoryQuery;
use crate::{Answer, App, Refused, clock};

const DAY: Millis = 24 * 3_600_000;
/// The longest time of a report.
const LONGEST: Millis = 31 * DAY;
/// Pages that are read, 200 calls a page.
const PAGES: u32 = 250;
const PAGE: u32 = 200;

/// Which time.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Query {
    from: Option<Millis>,
    to: Option<Millis>,
    zone: Option<i16>,
    agent: Option<String>,
}

/// `GET /api/admin/missed?from=&to=&zone=&agent=`
pub async fn show(
    State(app): State<App>,
    caller: Caller,
    Asked(asked): Asked<Query>,
) -> Answer<Json<MissedReport>> {
    let to = asked.to.unwrap_or_else(clock::now);
    let from = asked.from.unwrap_or(to.saturating_sub(DAY));
    if from >= to || to.saturating_sub(from) > LONGEST {
        return Err(Refused::field(
            "from",
            "Choose a time that begins before it ends, of at most 31 days.",
        ));
    }
    let mut query = HistoryQuery {
        from: Some(from),
        to: Some(to),
        limit: PAGE,
        ..HistoryQuery::default()
    };
    let mut views = Vec::new();
    for _ in 0..PAGES {
        let page = app.store.history(&query).await?;
        views.extend(page.calls.into_iter().map(|(view, _)| view));
        query.before = page.next;
        if query.before.is_none() {
            break;
        }
    }
    // Any agent may call back; so their calls are read too.
    if let Some(agent) = asked.agent.filter(|agent| !agent.is_empty()) {
        let rang: HashSet<String> = views
            .iter()
            .filter(|view| view.agent == agent)
            .map(|view| view.sid.clone())
            .collect();
        let out = |view: &protocol::call::CallView| view.direction == protocol::call::Direction::Outbound;
        let taken =
            |view: &protocol::call::CallView| view.outcome == Some(protocol::call::Outcome::Completed);
        views.retain(|view| out(view) || taken(view) || rang.contains(&view.sid));
    }
    let mut report = missed::report(
        &views,
        from,
        to,
        asked.zone.unwrap_or(app.config.vendor.time_zone),
    );
    report.cut = query.before.is_some();
    for call in &mut report.calls {
        let number = std::mem::take(&mut call.number);
        call.number = masking::number_for(&app.policy, caller.role, number);
    }
    Ok(Json(report))
}
