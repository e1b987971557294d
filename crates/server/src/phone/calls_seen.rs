//! Which calls a reader may see and say something of.

use protocol::session::Role;

use crate::auth::Caller;
use crate::store::StoredCall;
use crate::{Answer, App, Refused};

/// The longest id of a call that is looked up.
const LONGEST: usize = 64;

/// Whether `sid` can be an id of the platform's.
pub fn is_sid(sid: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=LONGEST).contains(&sid.len()) && sid.bytes().all(fits)
}

/// The call of this id, if `caller` is one of its agents.
///
/// # Errors
/// 404 for no such call and for another's alike: ids are no secret to be guessed at.
pub async fn own(app: &App, caller: &Caller, sid: &str) -> Answer<StoredCall> {
    let agent = caller.agent()?;
    let known = app.store.call(sid).await?;
    known
        .filter(|call| call.facts.agents.contains_key(agent))
        .ok_or_else(|| Refused::not_found("call"))
}

/// Whose calls `caller` may list: an agent their own, whatever they ask for.
///
/// # Errors
/// An agent asks for another's; somebody who is no agent has none.
pub fn whose(caller: &Caller, asked: Option<String>) -> Answer<Option<String>> {
    let asked = asked.filter(|agent| !agent.is_empty());
    if caller.role >= Role::Supervisor {
        return Ok(asked);
    }
    let own = caller.agent()?;
    match asked {
        Some(other) if other != own => Err(Refused::field("agent", "You may see your own calls only.")),
        Some(_) | None => Ok(Some(own.to_owned())),
    }
}
