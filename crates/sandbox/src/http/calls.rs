//! The control API's part about the platform's own calls.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::control::{Answer, Refusal, read};
use crate::engine::Engine;
use crate::exchange::{Habits, HabitsError};
use crate::platform::CallRecord;
use crate::world::{CustomerCall, PinRing};

/// How many calls are shown.
const SHOWN: usize = 50;

impl From<HabitsError> for Refusal {
    fn from(error: HabitsError) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
    }
}

/// All of them.
pub(super) fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/control/calls", get(list))
        .route("/control/calls/hangup", post(hang_up))
        .route("/control/customer_call", post(customer))
        .route("/control/greenpin_call", post(greenpin))
        .route("/control/habits", get(habits).post(set_habits))
}

/// `GET /control/calls`: the call table, the latest first.
async fn list(State(engine): State<Arc<Engine>>) -> Json<Value> {
    engine.with(|world, _| {
        let calls = world.platform.records.calls.latest().take(SHOWN).map(line);
        Json(calls.collect())
    })
}

/// Without the address of a StatusCallback: it may hold a secret, and nobody here needs it.
fn line(call: &CallRecord) -> Value {
    json!({
        "sid": call.sid, "direction": call.direction, "app_id": call.app_id, "user_id": call.app_user_id,
        "from": call.from, "to": call.to, "state": call.state, "outcome": call.outcome, "status": call.status,
        "leg1": call.leg1, "leg2": call.leg2, "started": call.started, "answered": call.answered,
        "ended": call.ended,
    })
}

#[derive(Deserialize)]
struct OneCall {
    sid: String,
}

/// `POST /control/calls/hangup {"sid"}`
async fn hang_up(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let OneCall { sid } = read(&body)?;
    let found = engine.with(|world, now| {
        let found = world.exchange.hang_up(&sid);
        world.settle(now);
        found
    });
    if found {
        Ok(Json(json!({})))
    } else {
        let words = format!("The platform has no call {sid} under way.");
        Err(Refusal(StatusCode::NOT_FOUND, words))
    }
}

/// `POST /control/customer_call {"user_id","from","app_id"?,"behaviour"?,"after_ms"?}`: a customer calls an agent.
async fn customer(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let call: CustomerCall = read(&body)?;
    let sid = engine.with(|world, now| world.customer_calls(now, call))?;
    Ok(Json(json!({ "sid": sid })))
}

/// `POST /control/greenpin_call {"from","vn","pin"?,"talk_ms"?,"patience_ms"?}`: somebody calls a virtual number.
async fn greenpin(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let ring: PinRing = read(&body)?;
    let sid = engine.with(|world, now| world.pin_ring(now, ring));
    Ok(Json(json!({ "sid": sid })))
}

/// `GET /control/habits`
async fn habits(State(engine): State<Arc<Engine>>) -> Json<Value> {
    engine.with(|world, _| Json(json!(world.exchange.habits())))
}

/// `POST /control/habits {"invite"?,"ring_s"?,"times"?,"sparse"?,"missed_also_hung_up"?}`; what is left out is as
/// usual again.
async fn set_habits(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let habits: Habits = read(&body)?;
    habits.check()?;
    engine.with(|world, _| world.exchange.set_habits(habits));
    Ok(Json(json!({})))
}
