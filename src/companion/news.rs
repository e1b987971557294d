//! Calls as the server tells them, as news for the kernel.

use phone::view::Way;
use phone::{News, Outcome, Stage};

use super::Json;

/// A `protocol::call::CallView`; `None` if it is none, or another agent's: a supervisor hears of everybody's.
pub fn news(call: &impl Json, agent: &str) -> Option<News> {
    let state = call.text("state")?;
    let stage = match state.as_str() {
        "OUTGOING_INITIATED" | "INCOMING" => Stage::Begun,
        "ESTABLISHED" => Stage::Answered,
        "ENDED" => Stage::Over(
            call.text("outcome")
                .map_or(Outcome::Unknown, |word| outcome(&word)),
        ),
        _ => return None,
    };
    let way = if call.text("direction")? == "inbound" {
        Way::In
    } else {
        Way::Out
    };
    (call.text("agent")? == agent).then_some(())?;
    Some(News {
        sid: call.text("sid")?,
        rev: call.whole("rev")?,
        way,
        stage,
        number: call.text("number").unwrap_or_default(),
        virtual_number: call.text("virtual_number").unwrap_or_default(),
        at: call.whole("started_at").unwrap_or_default(),
    })
}

/// A `protocol::history::CallPage`.
pub fn past(page: &impl Json, agent: &str) -> Vec<News> {
    let mut past = Vec::new();
    for entry in page.all("calls") {
        past.extend(entry.get("call").and_then(|call| news(&call, agent)));
    }
    past
}

/// The wire's word; one that a newer server has invented says nothing.
pub(super) fn outcome(word: &str) -> Outcome {
    match word {
        "completed" => Outcome::Completed,
        "missed" => Outcome::Missed,
        "declined" => Outcome::Declined,
        "answered_elsewhere" => Outcome::AnsweredElsewhere,
        "customer_unanswered" => Outcome::CustomerUnanswered,
        "agent_unanswered" => Outcome::AgentUnanswered,
        "agent_cancelled" => Outcome::AgentCancelled,
        "not_dialled" => Outcome::NotDialled,
        _ => Outcome::Unknown,
    }
}
