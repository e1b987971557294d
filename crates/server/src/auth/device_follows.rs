//! The browser rings while somebody works: their `sip` device goes on once their browser says that it may sound and use the
//! microphone, and off with their last sign-out, if `phone.device_follows_session` says so. A session that only runs out
//! switches nothing.
//!
//! Beside the request: a vendor who is slow or refuses keeps nobody out.

use protocol::phone::DeviceName;

use crate::phone::device;
use crate::store::StoredSession;
use crate::vendor::VendorError;
use crate::{App, clock};

/// Turns the device of `agent` on, in the name of this account.
pub fn shift_begins(app: &App, name: &str, agent: &str) {
    if let Some((app, agent)) = wanted(app, Some(&agent.to_owned())) {
        let name = name.to_owned();
        let drain = app.drain.clone();
        drain.spawn(async move { tell(on(&app, &name, &agent).await) });
    }
}

/// Turns the device off, unless the account is signed in elsewhere as this agent, or their telephone rings.
pub fn signed_out(app: &App, name: &str, agent: Option<&String>) {
    if let Some((app, agent)) = wanted(app, agent) {
        let name = name.to_owned();
        let drain = app.drain.clone();
        drain.spawn(async move { tell(off(&app, &name, &agent).await) });
    }
}

fn wanted(app: &App, agent: Option<&String>) -> Option<(App, String)> {
    let agent = agent.filter(|_| app.config.phone.device_follows_session)?;
    Some((app.clone(), agent.clone()))
}

async fn on(app: &App, name: &str, agent: &str) -> Result<(), VendorError> {
    device::switch(app, name, agent, Some(DeviceName::Sip)).await?;
    Ok(())
}

async fn off(app: &App, name: &str, agent: &str) -> Result<(), VendorError> {
    if is_signed_in(app, name, agent).await {
        return Ok(());
    }
    let user = app.vendor.user(name, agent).await?;
    if device::state_of(&user).active != Some(DeviceName::Sip) {
        return Ok(());
    }
    device::switch(app, name, agent, None).await?;
    // They may have come back meanwhile, and "on" may have overtaken "off".
    if is_signed_in(app, name, agent).await {
        on(app, name, agent).await?;
    }
    Ok(())
}

/// A store that does not answer counts as yes: a device that is on too long is better than one that is off.
async fn is_signed_in(app: &App, name: &str, agent: &str) -> bool {
    let sessions = app.store.sessions_of(name, clock::now()).await;
    sessions.map_or(true, |sessions| {
        let theirs = |session: &StoredSession| session.agent.as_deref() == Some(agent);
        sessions.iter().any(theirs)
    })
}

fn tell(done: Result<(), VendorError>) {
    if let Err(error) = done {
        tracing::warn!(error = error.label(), "a device could not follow its session");
    }
}
