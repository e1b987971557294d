//! Which of the agent's devices rings: `PUT /api/device`, and their browser's once their shift begins.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::admin::policy::Feature;
use protocol::phone::{DeviceState, SetDevice};

use super::{Body, whole};
use crate::auth::{Caller, device_follows};
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

/// `POST /api/shift`: the agent's browser may sound and use the microphone, so it can be rung.
pub async fn shift_begins(State(app): State<App>, caller: Caller) -> Answer<StatusCode> {
    device_follows::shift_begins(&app, &caller.name, caller.agent()?);
    Ok(StatusCode::NO_CONTENT)
}
