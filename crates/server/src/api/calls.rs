//! Placing a call, and what the agent's own phone says of its leg.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::call::{LegReport, NumberPreview, PlaceCall, Placement};
use serde::Deserialize;

use super::{Asked, Body, Sid};
use crate::auth::Caller;
use crate::phone::{numbers, placing};
use crate::store::Write;
use crate::{Answer, App, Refused, calls, clock};

/// `POST /api/calls`. Placed, refused and unknown are all outcomes of the click: 200.
pub async fn place(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<PlaceCall>,
) -> Answer<Json<Placement>> {
    placing::place(&app, &caller, &asked).await.map(Json)
}

/// `POST /api/calls/{sid}/leg`: kept when it returns.
///
/// A leg may ring before the platform's first word of the call has come, so an unknown call is taken, and so is one
/// that names no agent yet. Once others are named, it is theirs.
pub async fn leg(
    State(app): State<App>,
    caller: Caller,
    Sid(sid): Sid,
    Body(report): Body<LegReport>,
) -> Answer<StatusCode> {
    let agent = caller.agent()?;
    let known = app.store.call(&sid).await?;
    let others = known.is_some_and(|call| {
        let agents = &call.facts.agents;
        !agents.is_empty() && !agents.contains_key(agent)
    });
    if others {
        return Err(Refused::not_found("call"));
    }
    let at = clock::now();
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
