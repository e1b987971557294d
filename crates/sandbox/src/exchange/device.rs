//! What of an agent's rings.

use crate::numbers::Behaviour;

/// A device of an agent's, as the exchange reaches it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AgentDevice {
    /// Browsers registered under this SIP user.
    Sip { agent: String },
    /// A telephone, which follows a script.
    Phone { behaviour: &'static Behaviour },
    /// Every device is switched off.
    Nowhere,
}
