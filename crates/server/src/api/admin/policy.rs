//! The policy.

use axum::Json;
use axum::extract::State;
use protocol::admin::policy::{PolicyChange, PolicyPreview, PolicyVersions, StoredPolicy};

use crate::admin::policy::{self, check, preview};
use crate::api::Body;
use crate::auth::Caller;
use crate::{Answer, App};

/// `GET /api/admin/policy`
pub async fn show(State(app): State<App>) -> Json<StoredPolicy> {
    Json(app.policy.now().as_ref().clone())
}

/// `GET /api/admin/policy/versions`
pub async fn versions(State(app): State<App>) -> Answer<Json<PolicyVersions>> {
    let versions = policy::versions(&app).await?;
    Ok(Json(PolicyVersions { versions }))
}

/// `PUT /api/admin/policy`
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    Body(change): Body<PolicyChange>,
) -> Answer<Json<StoredPolicy>> {
    policy::put(&app, &caller.name, change).await.map(Json)
}

/// `POST /api/admin/policy/preview`: writes nothing.
pub async fn preview(
    State(app): State<App>,
    Body(change): Body<PolicyChange>,
) -> Answer<Json<PolicyPreview>> {
    check::check(&change.policy)?;
    let people = app.store.people().await?.into_iter();
    let people = people
        .filter(|person| !person.disabled)
        .map(|person| (person.name, person.role));
    let (now, used) = (app.policy.now(), app.vendor.app_id());
    let direct_calls = app.config.phone.direct_calls;
    let preview = preview::of(&now.policy, &change.policy, people, &used, direct_calls);
    Ok(Json(preview))
}
