//! What each source says of a call.

use exotel::call_details::Call;
use exotel::hooks::Hook;
use protocol::Millis;
use protocol::call::LegReport;

use super::Facts;

/// What a webhook says, and of which call. `agent_of` finds an agent's `AppUserId` by a `sip:` address or number.
pub fn of_hook(
    hook: &Hook,
    at: Millis,
    agent_of: &dyn Fn(&str) -> Option<String>,
) -> Option<(String, Facts)> {
    let _ = (hook, at, agent_of);
    None
}

/// What our own placing of a call says.
pub fn of_placement(agent: &str, to: &str, virtual_number: &str, at: Millis) -> Facts {
    let _ = (agent, to, virtual_number, at);
    Facts::default()
}

/// What the agent's own phone says of its leg.
pub fn of_leg_report(agent: &str, report: LegReport, at: Millis) -> Facts {
    let _ = (agent, report, at);
    Facts::default()
}

/// What call details say.
pub fn of_details(call: &Call, at: Millis) -> Facts {
    let _ = (call, at);
    Facts::default()
}
