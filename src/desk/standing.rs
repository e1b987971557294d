//! How this page stands with a companion server.

use softphone::companion::{Device, Features};
use softphone::notices::Notice;

/// See the module.
///
/// ```text
///  Asking ──► Absent                       404, or no JSON: there is no server; back by the form
///    │  ▲
///    │  └──── Unreachable                  no answer: asked again after a while
///    │
///    ├─────────────────► SignedIn ──sign out──► SigningOut ──no answer──► Untold
///    │       ok ┌───────────▲ │ │ ended in           │                     │ told at
///    │          │             │ └─a call─► Ending    │ done                │ last
///    │      SigningIn   ended │              │       ▼                     ▼
///    └──► SignedOut ◄─────────┴──────────────┴───────┴─────────────────────┘
///           │   ▲ refused
///           └───┴─► SigningIn
/// ```
///
/// Each move is a [run](super::run) of its own, except those within signing in and out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody has said yet whether there is one, and who is signed in.
    Asking,
    /// There is none: the phone connects by hand, or to a sandbox.
    Absent,
    /// It does not answer; asked again by itself.
    Unreachable,
    /// Nobody is signed in; perhaps with the reason why no more.
    SignedOut(Option<Notice>),
    /// A name and password, or a ticket, are being looked at.
    SigningIn,
    /// The server is being told that the agent leaves; the phone goes right after.
    SigningOut,
    /// Signed out here, but the server has not heard of it: it is told until it has.
    Untold,
    /// The session is over, but not yet the call that was up.
    Ending,
    /// Somebody is signed in.
    SignedIn(SignedIn),
}

/// Who, and what of a phone they have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedIn {
    /// The account's name.
    pub(crate) name: String,
    /// Their `AppUserId`; none for somebody without a phone.
    pub(crate) agent: Option<String>,
    /// Their phone.
    pub(crate) phone: Equipment,
}

/// What the server says of the agent's phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Equipment {
    /// Not yet known.
    Asking,
    /// The server would not say, or there is none for this account; why. Asked again by itself.
    Unknown(Notice),
    /// None that this browser can be; why. No call can be placed: the platform would ring it first.
    None(Notice, Features),
    /// One that registers here.
    Here(Features),
}

impl Standing {
    /// The agent who is signed in.
    pub(crate) fn agent(&self) -> Option<String> {
        match self {
            Self::SignedIn(SignedIn { agent, .. }) => agent.clone(),
            Self::Asking
            | Self::Absent
            | Self::Unreachable
            | Self::SignedOut(_)
            | Self::SigningIn
            | Self::SigningOut
            | Self::Untold
            | Self::Ending => None,
        }
    }

    /// What a signed-in agent may use; `None` without a server.
    pub(crate) fn features(&self) -> Option<Features> {
        match self {
            Self::SignedIn(SignedIn {
                phone: Equipment::None(_, features) | Equipment::Here(features),
                ..
            }) => Some(*features),
            Self::SignedIn(SignedIn {
                phone: Equipment::Asking | Equipment::Unknown(_),
                ..
            })
            | Self::Asking
            | Self::Absent
            | Self::Unreachable
            | Self::SignedOut(_)
            | Self::SigningIn
            | Self::SigningOut
            | Self::Untold
            | Self::Ending => None,
        }
    }
}

/// The switch of the device that rings. The platform's last answer is what is shown.
///
/// ```text
///  Unknown ──► Settled ◄──► Switching ──► Refused ──► Switching
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DeviceSwitch {
    /// The server has not said.
    Unknown,
    /// This one rings; none if all are off.
    Settled(Option<Device>),
    /// Asked for `to`; `from` still rings.
    Switching {
        /// What the platform said last.
        from: Option<Device>,
        /// What the agent wants.
        to: Option<Device>,
    },
    /// The platform did not switch.
    Refused {
        /// What still rings.
        active: Option<Device>,
        /// Why not.
        why: Notice,
    },
}

impl DeviceSwitch {
    /// What rings, as far as the platform has said.
    pub(crate) fn active(&self) -> Option<Device> {
        match self {
            Self::Unknown => None,
            Self::Settled(active) | Self::Switching { from: active, .. } | Self::Refused { active, .. } => {
                *active
            }
        }
    }
}
