//! The control API's part about webhooks: what went out, where to, how, and what is to go wrong.

use std::collections::BTreeMap;
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
use crate::webhooks::{EndpointError, FaultError, FaultPlan, KINDS, Shape};

/// All of them.
pub(super) fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/control/webhooks", get(list))
        .route("/control/webhooks/clear", post(clear))
        .route("/control/webhooks/faults", post(faults))
        .route("/control/webhooks/manner", post(manner))
        .route("/control/endpoints", post(endpoints))
}

impl From<FaultError> for Refusal {
    fn from(error: FaultError) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
    }
}

impl From<EndpointError> for Refusal {
    fn from(error: EndpointError) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
    }
}

/// `GET /control/webhooks`: every webhook remembered with its attempts, and all that is set about them.
async fn list(State(engine): State<Arc<Engine>>) -> Json<Value> {
    engine.with(|world, now| {
        let epoch = world
            .platform
            .wall(now)
            .saturating_sub(i64::try_from(now.0).unwrap_or(0));
        let epoch = u64::try_from(epoch).unwrap_or(0);
        let address = |kind: &exotel::hooks::HookKind| {
            world
                .platform
                .records
                .endpoints
                .get(*kind)
                .map(exotel::Secret::reveal)
        };
        let endpoints: BTreeMap<&str, Option<&str>> =
            KINDS.iter().map(|kind| (kind.as_str(), address(kind))).collect();
        Json(json!({
            "webhooks": world.courier.log(epoch),
            "faults": world.courier.current_plan(),
            "shape": world.courier.shape(),
            "retry_ms": world.courier.retry_ms(),
            "endpoints": endpoints,
        }))
    })
}

/// `POST /control/webhooks/clear`: forgets those that are over.
async fn clear(State(engine): State<Arc<Engine>>) -> Answer {
    engine.with(|world, _| world.courier.clear());
    Ok(Json(json!({})))
}

/// `POST /control/webhooks/faults {"seed"?,"drop"?,"duplicate"?,"delay"?,"reorder"?,"delay_ms"?}`; each fault is
/// `{"probability"?,"next"?}`. What is left out does not happen.
async fn faults(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let plan: FaultPlan = read(&body)?;
    plan.check()?;
    engine.with(|world, _| world.courier.plan(plan));
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manner {
    shape: Option<Shape>,
    retry_ms: Option<u32>,
}

/// `POST /control/webhooks/manner {"shape"?: "json"|"form"|"query","retry_ms"?}`
async fn manner(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let Manner { shape, retry_ms } = read(&body)?;
    engine.with(|world, _| {
        if let Some(shape) = shape {
            world.courier.set_shape(shape);
        }
        if let Some(ms) = retry_ms {
            world.courier.set_retry_ms(u64::from(ms));
        }
    });
    Ok(Json(json!({})))
}

/// `POST /control/endpoints {"dial-whom": "http://…", …}`; the empty text removes an address.
async fn endpoints(State(engine): State<Arc<Engine>>, body: Bytes) -> Answer {
    let wanted: BTreeMap<String, String> = read(&body)?;
    engine.with(|world, _| {
        let mut changed = world.platform.records.endpoints.clone();
        for (kind, url) in &wanted {
            changed.set(kind, url)?;
        }
        world.platform.records.endpoints = changed;
        Ok::<_, EndpointError>(())
    })?;
    Ok(Json(json!({})))
}
