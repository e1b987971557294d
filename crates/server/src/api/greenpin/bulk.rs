//! Many changes of allocations at once, each of which succeeds or fails by itself.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use exotel::ApiError;
use exotel::greenpin::{Allocation, BulkChange, BulkUpdateAllocations};
use protocol::admin::greenpin::{AllocationChanged, AllocationChanges, AllocationsChanged, ItemOutcome};

use super::{codes, keep, terms};
use crate::api::{Body, whole};
use crate::auth::Caller;
use crate::{Answer, App, Refused};

/// `PUT /api/greenpin/allocations`
pub async fn update_many(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<AllocationChanges>,
) -> Answer<Json<AllocationsChanged>> {
    let ids: Vec<String> = asked
        .changes
        .iter()
        .map(|change| change.greenpin_id.clone())
        .collect();
    if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
        return Err(Refused::field(
            "changes",
            "An allocation occurs twice. Put its changes together.",
        ));
    }
    let changes = asked.changes.into_iter().map(|change| BulkChange {
        greenpin_id: change.greenpin_id,
        transaction_id: String::new(),
        change: terms::read(change.terms),
    });
    let update = BulkUpdateAllocations {
        greenpins: changes.collect(),
    };
    let work = move |app: App| async move {
        let updated = app
            .vendor
            .call(&caller.name, &update)
            .await
            .map_err(codes::refused)?;
        let mut results = updated.items.into_iter();
        let mut items = Vec::with_capacity(ids.len());
        for greenpin_id in ids {
            let outcome = item(&app, &caller, &greenpin_id, results.next()).await?;
            items.push(AllocationChanged { greenpin_id, outcome });
        }
        Ok(Json(AllocationsChanged { items }))
    };
    whole(&app, work).await
}

/// One item of the answer. What is changed is kept, without its pins.
async fn item(
    app: &App,
    caller: &Caller,
    id: &str,
    result: Option<Result<Allocation, ApiError>>,
) -> Answer<ItemOutcome> {
    let no_item = || ApiError::unreadable(207, "there is no item for it");
    match result.unwrap_or_else(|| Err(no_item())) {
        Ok(said) if said.greenpin_id == id => {
            let kept = keep(app, caller, said, None).await?;
            Ok(ItemOutcome::Changed(Box::new(kept.allocation)))
        }
        Ok(_) => {
            let error = ApiError::unreadable(207, "the items are in another order");
            Ok(ItemOutcome::Refused(codes::refused(error.into()).problem))
        }
        Err(error) => Ok(ItemOutcome::Refused(codes::refused(error.into()).problem)),
    }
}
