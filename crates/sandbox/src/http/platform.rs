//! The control API of the REST side: what it holds, its switches, its limits, its failures, its clock.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::control::{Refusal, read};
use crate::engine::Engine;
use crate::platform::{Fault, Quirk, Rates};

type Answer = Result<Json<Value>, Refusal>;

/// All below `/control/platform`.
pub(super) fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/control/platform", get(view))
        .route("/control/platform/quirks", post(quirks))
        .route("/control/platform/rates", post(rates))
        .route("/control/platform/faults", post(fault).delete(no_faults))
        .route("/control/platform/clock", post(clock))
        .route("/control/platform/customers", post(customer))
        .route("/control/platform/accounts", post(account))
}

/// `GET /control/platform`
async fn view(State(engine): State<Arc<Engine>>, headers: HeaderMap) -> Json<Value> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = format!("http://{}", host.unwrap_or_default());
    Json(engine.with(|world, now| world.platform.view(now, &origin)))
}

/// `POST /control/platform/quirks {"<name>": true or false, ...}`
async fn quirks(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let wanted: BTreeMap<String, bool> = read(&body)?;
    let known = |(name, on): (String, bool)| match name.parse::<Quirk>() {
        Ok(quirk) => Ok((quirk, on)),
        Err(why) => Err(Refusal(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("The request is refused: {why}."),
        )),
    };
    let wanted = wanted.into_iter().map(known).collect::<Result<Vec<_>, _>>()?;
    engine.with(|world, _| {
        for (quirk, on) in wanted {
            world.platform.quirks.set(quirk, on);
        }
    });
    Ok(Json(json!({})))
}

/// `POST /control/platform/rates {"read","manage","voice"}`, requests a minute; `null` lifts the limits.
async fn rates(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let rates: Option<Rates> = read(&body)?;
    engine.with(|world, _| world.platform.limits.rates = rates);
    Ok(Json(json!({})))
}

/// `POST /control/platform/faults {"api","operation"?,"status","code"?,"words"?,"times"?,"when"?}`
async fn fault(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let fault: Fault = read(&body)?;
    if !(400..=599).contains(&fault.status) {
        let words = "A fault's status is 400 to 599.";
        return Err(Refusal(StatusCode::UNPROCESSABLE_ENTITY, words.to_owned()));
    }
    engine.with(|world, _| world.platform.faults.add(fault));
    Ok(Json(json!({})))
}

/// `DELETE /control/platform/faults`
async fn no_faults(State(engine): State<Arc<Engine>>) -> Json<Value> {
    engine.with(|world, _| world.platform.faults.clear());
    Json(json!({}))
}

#[derive(Deserialize)]
struct Ahead {
    ahead_s: u32,
}

/// `POST /control/platform/clock {"ahead_s"}`: tokens and allocations end that much sooner.
async fn clock(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let Ahead { ahead_s } = read(&body)?;
    let time_ms = engine.with(|world, now| {
        world.move_clock(now, ahead_s);
        world.platform.wall(now)
    });
    Ok(Json(json!({ "time_ms": time_ms })))
}

#[derive(Deserialize)]
struct NewCustomer {
    name: String,
    email: String,
}

/// `POST /control/platform/customers {"name","email"}`: answers with the id and the secret.
async fn customer(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let NewCustomer { name, email } = read(&body)?;
    Ok(Json(engine.with(|world, now| {
        world.platform.new_customer(now, name, email)
    })))
}

#[derive(Deserialize)]
struct AccountChange {
    sid: String,
    #[serde(default)]
    voip: Option<bool>,
}

/// `POST /control/platform/accounts {"sid","voip"?}`: answers with its credentials.
async fn account(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let AccountChange { sid, voip } = read(&body)?;
    if sid.is_empty() || !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let words = "An account's sid is letters and digits.";
        return Err(Refusal(StatusCode::UNPROCESSABLE_ENTITY, words.to_owned()));
    }
    Ok(Json(engine.with(|world, _| world.platform.account(&sid, voip))))
}
