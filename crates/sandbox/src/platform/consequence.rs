//! What follows from a REST request beyond its answer. The platform only says it; the world of calls carries it out.

use exotel::Secret;
use exotel::integrations::{Notification, SettingKey};

use super::Device;
use crate::account::Account;

/// Something to carry out, in the order in which it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Consequence {
    /// A co-worker was created: this account may register from now on.
    AgentAdded(Account),
    /// A call was placed. Its record is already in the call table; the answer may not have left yet.
    Outbound(Outbound),
    /// A flow asks for a notification of an incoming call, at the URL stored under `notification.setting()`.
    Notify {
        app_id: String,
        notification: Notification,
        /// Which call, as the flow describes it.
        call: FlowCall,
    },
    /// An agent rings elsewhere from now on; `None` is nowhere.
    DeviceChanged {
        /// User part of the agent's SIP address.
        agent: String,
        active: Option<Device>,
    },
    /// A setting was written, or removed (`None`).
    SettingChanged {
        app_id: String,
        key: SettingKey,
        value: Option<Secret>,
    },
    /// An allocation is in use from now on, or was changed.
    Allocated { greenpin_id: String },
    /// An allocation was given back, by hand or because its time came.
    Deallocated { greenpin_id: String },
}

/// A call to place: the first leg rings, then the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outbound {
    /// Where its record is, and what the first leg's INVITE says.
    pub(crate) call_sid: String,
    /// Who rings first.
    pub(crate) first: FirstLeg,
    /// The customer's number.
    pub(crate) to: String,
    /// What the customer sees.
    pub(crate) caller_id: String,
    /// The app whose `callback`, `record` and `playback` settings count; none for a call without an app.
    pub(crate) app_id: Option<String>,
    /// Ring the first leg for at most this many seconds.
    pub(crate) time_out_s: Option<u32>,
    /// End the call after this many seconds.
    pub(crate) time_limit_s: Option<u32>,
}

/// A call in the words of the flow that handles it: each of them may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FlowCall {
    /// `CallSid`; without one the app's latest inbound call is meant.
    pub(crate) sid: Option<String>,
    /// `CallFrom`.
    pub(crate) from: Option<String>,
    /// `CallTo`.
    pub(crate) to: Option<String>,
}

/// Who is called first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FirstLeg {
    /// An agent, on this SIP account.
    Sip { agent: String },
    /// A telephone.
    Phone { number: String },
    /// An agent with every device switched off.
    Nowhere,
}
