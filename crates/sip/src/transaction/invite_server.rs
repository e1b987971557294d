use super::GIVE_UP;
use crate::Instant;

/// INVITE server transaction (RFC 6026 §7.1). Confirmed is absent: timer I is zero on a reliable transport.
/// The 2xx itself is repeated by the session, not here (RFC 3261 §13.3.1.4).
///
/// ```text
///   INVITE ──▶ Proceeding ──2xx──▶ Accepted ──L──▶ over
///               │ 1xx sent again     │ INVITE absorbed
///               │ on a repeat
///               └─300-699──▶ Completed ──ACK or H──▶ over
///                             │ sent again on a repeat or a new flow
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum InviteServer {
    /// Not answered; holds the last provisional response.
    Proceeding { last: String },
    /// Refused, waiting for ACK.
    Completed { response: String, give_up: Instant },
    /// Answered with 2xx; repeats of the INVITE are absorbed.
    Accepted { until: Instant },
}

impl InviteServer {
    /// The next response the user gave, already written.
    pub(crate) fn respond(self, now: Instant, status: u16, written: String) -> Self {
        match (self, status) {
            (Self::Proceeding { .. }, 100..=199) => Self::Proceeding { last: written },
            (Self::Proceeding { .. }, 200..=299) => Self::Accepted { until: now + GIVE_UP },
            (Self::Proceeding { .. }, _) => Self::Completed {
                response: written,
                give_up: now + GIVE_UP,
            },
            (over @ (Self::Completed { .. } | Self::Accepted { .. }), _) => over,
        }
    }

    /// The response that answers a repeated INVITE, if one does.
    pub(crate) fn repeat(&self) -> Option<&str> {
        match self {
            Self::Proceeding { last } => Some(last),
            Self::Completed { response, .. } => Some(response),
            Self::Accepted { .. } => None,
        }
    }

    /// The final response that nobody has acknowledged, for a new flow.
    pub(crate) fn unacknowledged(&self) -> Option<&str> {
        match self {
            Self::Completed { response, .. } => Some(response),
            Self::Proceeding { .. } | Self::Accepted { .. } => None,
        }
    }

    /// Whether an ACK with this transaction's branch ends it: only a refusal is acknowledged so.
    pub(crate) fn ends_by_ack(&self) -> bool {
        match self {
            Self::Completed { .. } => true,
            Self::Proceeding { .. } | Self::Accepted { .. } => false,
        }
    }

    /// When timer H or L fires.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self {
            Self::Proceeding { .. } => None,
            Self::Completed { give_up, .. } => Some(*give_up),
            Self::Accepted { until } => Some(*until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ringing() -> InviteServer {
        InviteServer::Proceeding { last: "100".into() }.respond(Instant(0), 180, "180".into())
    }

    #[test]
    fn repeats_the_last_provisional() {
        assert_eq!(ringing().repeat(), Some("180"));
        assert_eq!(ringing().deadline(), None);
    }

    #[test]
    fn refusal_is_repeated_until_ack_or_timer_h() {
        let refused = ringing().respond(Instant(0), 486, "486".into());
        assert_eq!(refused.repeat(), Some("486"));
        assert_eq!(refused.unacknowledged(), Some("486"));
        assert_eq!(refused.deadline(), Some(Instant(32_000)));
        assert!(refused.ends_by_ack());
    }

    #[test]
    fn nothing_changes_after_a_final_response() {
        let accepted = ringing().respond(Instant(0), 200, "200".into());
        assert_eq!(accepted.repeat(), None);
        assert_eq!(accepted.clone().respond(Instant(5), 486, "486".into()), accepted);
        assert!(!accepted.ends_by_ack());
    }
}
