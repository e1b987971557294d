//! `PUT /api/device`: which of the agent's devices rings.

use axum::Json;
use axum::extract::State;
use protocol::admin::policy::Feature;
use protocol::phone::{DeviceState, SetDevice};

use super::{Body, whole};
use crate::auth::Caller;
use crate::phone::device;
use crate::{Answer, App};

/// Switches the device of who is asking; answers with what the vendor says then.
pub async fn set(
    State(app): State<App>,
    caller: Caller,
    Body(wanted): Body<SetDevice>,
) -> Answer<Json<DeviceState>> {
    let agent = caller.agent()?.to_owned();
    app.policy
        .check(Feature::DeviceSwitch, caller.role, &app.vendor.app_id())?;
    let work = move |app: App| async move {
        let state = device::switch(&app, &caller.name, &agent, wanted.active).await?;
        Ok(Json(state))
    };
    whole(&app, work).await
}
