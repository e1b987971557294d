//! GreenPin allocations, for admins.

use axum::Json;
use axum::extract::{Query, State};
use protocol::PhoneNumber;
use protocol::greenpin::{AllocationList, AllocationView, PartyView};
use serde::Deserialize;
use serde_json::Value;

use crate::auth::Caller;
use crate::phone::masking::number_for;
use crate::store::Allocation;
use crate::{Answer, App};

/// Allocations of a list, if nobody says.
const LIST: u32 = 200;
/// The most.
const LARGEST: u32 = 1000;

/// How many.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    limit: Option<u32>,
}

/// `GET /api/greenpin/allocations?limit=`: those we have heard of; the vendor has no list.
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Answer<Json<AllocationList>> {
    let limit = asked.limit.unwrap_or(LIST).clamp(1, LARGEST);
    let found = app.store.allocations(limit).await?;
    let number = |number| number_for(&app.config.phone, caller.role, number);
    let allocations = found
        .into_iter()
        .map(|allocation| view(allocation, &number))
        .collect();
    Ok(Json(AllocationList { allocations }))
}

fn view(allocation: Allocation, number: &dyn Fn(PhoneNumber) -> PhoneNumber) -> AllocationView {
    let text = |name: &str| {
        let text = allocation.body.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let party = |name: &str| {
        let side = allocation.body.get(name).unwrap_or(&Value::Null);
        PartyView {
            vns: numbers(side, "vns"),
            numbers: numbers(side, "numbers").into_iter().map(number).collect(),
        }
    };
    AllocationView {
        usage: text("usage"),
        a: party("a"),
        b: party("b"),
        deallocation_time: text("deallocation_time"),
        greenpin_id: allocation.greenpin_id,
        transaction_id: allocation.transaction_id,
        state: allocation.state,
        calls: allocation.calls,
        verified: allocation.verified,
        updated_at: allocation.updated_at,
    }
}

fn numbers(side: &Value, name: &str) -> Vec<PhoneNumber> {
    let list = side.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(PhoneNumber::from).collect()
}
