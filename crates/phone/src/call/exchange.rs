//! One offer and answer at a time within an established call (RFC 3264 §4, RFC 3261 §14).

use crate::Millis;

/// ```text
///   Quiet --a change is due--> Drafting --page's Offer: re-INVITE--> Proposed --answer, refusal--> Quiet
///   Quiet --their re-INVITE--> Replying --page's Answer: 200--> Quiet
///   Quiet --their re-INVITE without offer--> Yielding --page's Offer: 200--> Yielded --ACK--> Quiet
///   any wait --limit--> Quiet
/// ```
pub(crate) enum Exchange {
    /// Nothing on its way.
    Quiet,
    /// The page makes an offer of ours.
    Drafting { change: Change, until: Millis },
    /// Our re-INVITE is with the far end.
    Proposed { change: Change, until: Millis },
    /// The page answers their offer.
    Replying { until: Millis },
    /// They asked for an offer of ours; the page makes it.
    Yielding { until: Millis },
    /// Our offer went out in the 200; their answer comes with the ACK.
    Yielded { until: Millis },
}

/// Why we offer anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Hold or resume.
    Hold(bool),
    /// Let the far end's requests find our new flow.
    Refresh,
    /// A new path for the audio.
    Renew,
}

impl Change {
    /// Holds or resumes.
    pub(crate) const fn is_hold(self) -> bool {
        match self {
            Self::Hold(_) => true,
            Self::Refresh | Self::Renew => false,
        }
    }
}

impl Exchange {
    pub(crate) const fn deadline(&self) -> Option<Millis> {
        match self {
            Self::Quiet => None,
            Self::Drafting { until, .. }
            | Self::Proposed { until, .. }
            | Self::Replying { until }
            | Self::Yielding { until }
            | Self::Yielded { until } => Some(*until),
        }
    }

    /// The change of ours on its way.
    pub(crate) const fn change(&self) -> Option<Change> {
        match self {
            Self::Drafting { change, .. } | Self::Proposed { change, .. } => Some(*change),
            Self::Quiet | Self::Replying { .. } | Self::Yielding { .. } | Self::Yielded { .. } => None,
        }
    }
}
