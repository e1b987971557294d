//! `GET /api/phone`: what the agent's own phone needs.

use axum::Json;
use axum::extract::State;
use protocol::phone::PhoneSetup;

use crate::auth::Caller;
use crate::phone::setup;
use crate::{Answer, App, clock};

/// Account, servers, ICE, features and device of who is asking. The password in it is theirs alone.
pub async fn show(State(app): State<App>, caller: Caller) -> Answer<Json<PhoneSetup>> {
    let user = app.vendor.user(&caller.name, caller.agent()?).await?;
    app.agents.remember(&user);
    let policy = app.policy.for_role(caller.role, &app.vendor.app_id());
    let whole_numbers = app.policy.sees_numbers(caller.role);
    let setup = setup::of(&app.config, &user, policy, whole_numbers, clock::now())?;
    Ok(Json(setup))
}
