//! `GET /api/admin/quality`

use axum::Json;
use axum::extract::State;
use protocol::Millis;
use protocol::admin::quality::{AgentQuality, IssueCount, QualityReport};
use protocol::history::Issue;
use serde::Deserialize;

use crate::api::Asked;
use crate::store::RatedCalls;
use crate::{Answer, App, clock};

/// The time of a report, if nobody says.
const WEEK: Millis = 7 * 24 * 3_600_000;

/// Which time.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Query {
    from: Option<Millis>,
    to: Option<Millis>,
}

/// `GET /api/admin/quality?from=&to=`
pub async fn show(State(app): State<App>, Asked(asked): Asked<Query>) -> Answer<Json<QualityReport>> {
    let to = asked.to.unwrap_or_else(clock::now);
    let from = asked.from.unwrap_or(to.saturating_sub(WEEK));
    let rated = app.store.rated_calls(from, to).await?;
    let mut agents: Vec<AgentQuality> = rated.chunk_by(|a, b| a.agent == b.agent).map(agent).collect();
    agents.sort_by_key(|it| it.mean_hundredths);
    Ok(Json(QualityReport { from, to, agents }))
}

/// One agent's, from the counts of each issue.
fn agent(rated: &[RatedCalls]) -> AgentQuality {
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let (calls, sum) = rated
        .iter()
        .fold((0, 0), |(calls, sum), it| (calls + it.count, sum + it.sum));
    let complaints = rated.iter().filter(|it| it.issue != Issue::NoIssue);
    let mut issues: Vec<IssueCount> = complaints
        .map(|it| IssueCount {
            issue: it.issue,
            count: count(it.count),
        })
        .collect();
    issues.sort_by_key(|it| std::cmp::Reverse(it.count));
    AgentQuality {
        agent: rated.first().map(|it| it.agent.clone()).unwrap_or_default(),
        rated: count(calls),
        mean_hundredths: count(sum.saturating_mul(100) / calls.max(1)),
        issues,
    }
}
