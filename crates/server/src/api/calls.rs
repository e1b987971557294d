//! Placing a call, and what the agent's own phone says of its leg.

use std::time::Instant;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::admin::policy::Feature;
use protocol::call::{LegReport, NumberPreview, PlaceCall, Placement};
use serde::Deserialize;

use super::{Asked, Body, Sid};
use crate::auth::Caller;
use crate::phone::{numbers, placing};
use crate::store::Write;
use crate::{Answer, App, Refused, calls, clock};

/// Milliseconds after the last news of a settled call in which a phone that nobody named may still report.
const LATE: protocol::Millis = 10 * 60 * 1000;
/// Milliseconds after the first news of a call in which another one of a group may report: they ring together.
const TOGETHER: protocol::Millis = 60 * 1000;
/// Legs of unknown calls that an agent may report in a minute: the platform's own word comes within seconds of the INVITE.
const EARLY: u32 = 30;

/// `POST /api/calls`. Placed, refused and unknown are all outcomes of the click: 200.
pub async fn place(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<PlaceCall>,
) -> Answer<Json<Placement>> {
    app.policy
        .check(Feature::PlatformCalls, caller.role, &app.vendor.app_id())?;
    placing::place(&app, &caller, &asked).await.map(Json)
}

/// `POST /api/calls/{sid}/leg`: kept when it returns.
///
/// A leg may ring before the platform's first word of the call has come, or before it has named this one of a group. So
/// whoever knows the call's id, which only the INVITE told them, is believed: of a call that names nobody until it has been
/// over for a while, of one that names others in its first minute. A call that somebody placed here is theirs alone.
pub async fn leg(
    State(app): State<App>,
    caller: Caller,
    Sid(sid): Sid,
    Body(report): Body<LegReport>,
) -> Answer<StatusCode> {
    let agent = caller.agent()?;
    let known = app.store.call(&sid).await?;
    let at = clock::now();
    if known.is_none() {
        let room = app.early_legs.take(agent, EARLY, Instant::now());
        room.map_err(Refused::too_many)?;
    }
    let without_them = known.is_some_and(|call| {
        let facts = &call.facts;
        let placed_by_another = facts.agents.values().any(|part| part.placed.is_some());
        let too_late = match facts.agents.is_empty() {
            true => facts.is_settled() && facts.last_news < at - LATE,
            false => facts.first_news < at - TOGETHER,
        };
        (placed_by_another || too_late) && !facts.agents.contains_key(agent)
    });
    if without_them {
        return Err(Refused::not_found("call"));
    }
    let facts = calls::of_leg_report(agent, report, at);
    let write = Write {
        facts: Some((sid, facts)),
        at,
        ..Write::default()
    };
    app.writer.write(write).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What somebody has typed so far.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    text: String,
}

/// `GET /api/numbers?text=`: what it would be dialled as.
pub async fn preview(
    State(app): State<App>,
    _: Caller,
    Asked(typed): Asked<Typed>,
) -> Answer<Json<NumberPreview>> {
    let preview = numbers::read(&typed.text, &app.config.phone.country);
    preview
        .map(Json)
        .map_err(|fault| Refused::field("text", fault.to_string()))
}
