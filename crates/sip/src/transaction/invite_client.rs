use super::GIVE_UP;
use crate::Instant;

/// INVITE client transaction (RFC 6026 §7.2). Completed is absent: timer D is zero on a reliable transport,
/// so a failure is acknowledged and the transaction is over.
///
/// ```text
///        INVITE sent
///            │
///        Calling ──1xx──▶ Proceeding ─┐1xx
///       B │  │  │             │   │ ▲─┘
///         │  │  └───2xx───┐   │   └──3xx-6xx: ACK──▶ over
///    over ◀  │            ▼   ▼
///            │          Accepted ──M──▶ over
///            └3xx-6xx: ACK──▶ over
/// ```
/// When the user loses interest without a final response (flow lost, CANCEL unanswered), Calling and Proceeding turn
/// into Abandoned: a late 2xx must still be acknowledged, or the far end waits 32 s in an empty call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InviteClient {
    /// Nothing heard yet; timer B runs.
    Calling { give_up: Instant },
    /// A provisional response arrived; the far end may take its time.
    Proceeding,
    /// A 2xx arrived; more of them (repeats, other forks) belong here until timer M.
    Accepted { until: Instant },
    /// Nobody waits for it any more, and no final response was seen.
    Abandoned { until: Instant },
}

/// What a response meant to the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InviteReply {
    /// 1xx for the user.
    Provisional(InviteClient),
    /// 2xx for the user, who acknowledges it.
    Success(InviteClient),
    /// 3xx-6xx: send the transaction's own ACK; it is over.
    Failure,
    /// Not expected any more: drop it.
    Stale(InviteClient),
}

impl InviteClient {
    /// The INVITE was handed to the transport.
    pub(crate) fn start(now: Instant) -> Self {
        Self::Calling {
            give_up: now + GIVE_UP,
        }
    }

    /// A response with this status arrived.
    pub(crate) fn receive(self, now: Instant, status: u16) -> InviteReply {
        match (self, status) {
            (Self::Calling { .. } | Self::Proceeding, 100..=199) => {
                InviteReply::Provisional(Self::Proceeding)
            }
            (Self::Calling { .. } | Self::Proceeding, 200..=299) => {
                InviteReply::Success(Self::Accepted { until: now + GIVE_UP })
            }
            (Self::Calling { .. } | Self::Proceeding, _) => InviteReply::Failure,
            (Self::Abandoned { until }, 100..=199) => InviteReply::Stale(Self::Abandoned { until }),
            (Self::Abandoned { until }, 200..=299) => InviteReply::Success(Self::Accepted { until }),
            (Self::Abandoned { .. }, _) => InviteReply::Failure,
            (Self::Accepted { until }, 200..=299) => InviteReply::Success(Self::Accepted { until }),
            (Self::Accepted { until }, _) => InviteReply::Stale(Self::Accepted { until }),
        }
    }

    /// The user lost interest.
    pub(crate) fn abandon(self, now: Instant) -> Self {
        match self {
            Self::Calling { .. } | Self::Proceeding => Self::Abandoned { until: now + GIVE_UP },
            kept @ (Self::Accepted { .. } | Self::Abandoned { .. }) => kept,
        }
    }

    /// When timer B or M fires.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self {
            Self::Calling { give_up } => Some(*give_up),
            Self::Proceeding => None,
            Self::Accepted { until } | Self::Abandoned { until } => Some(*until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Instant = Instant(1_000);

    #[test]
    fn provisional_stops_timer_b() {
        let InviteReply::Provisional(next) = InviteClient::start(T).receive(T, 180) else {
            panic!("not provisional")
        };
        assert_eq!(next, InviteClient::Proceeding);
        assert_eq!(next.deadline(), None);
        assert_eq!(InviteClient::start(T).deadline(), Some(Instant(33_000)));
    }

    #[test]
    fn success_waits_for_timer_m_and_repeats_do_not_prolong_it() {
        let InviteReply::Success(accepted) = InviteClient::Proceeding.receive(T, 200) else {
            panic!("not success")
        };
        let InviteReply::Success(again) = accepted.receive(Instant(20_000), 200) else {
            panic!("repeat dropped")
        };
        assert_eq!(again.deadline(), Some(Instant(33_000)));
        assert_eq!(again.receive(T, 486), InviteReply::Stale(again));
        assert_eq!(again.receive(T, 183), InviteReply::Stale(again));
    }

    #[test]
    fn abandoned_still_takes_a_late_success() {
        let abandoned = InviteClient::Proceeding.abandon(T);
        assert_eq!(abandoned.receive(T, 180), InviteReply::Stale(abandoned));
        assert!(matches!(
            abandoned.receive(T, 200),
            InviteReply::Success(InviteClient::Accepted { .. })
        ));
        assert_eq!(abandoned.receive(T, 487), InviteReply::Failure);
        assert_eq!(abandoned.abandon(Instant(9_000)), abandoned);
    }

    #[test]
    fn failure_ends_it_from_both_open_states() {
        assert_eq!(InviteClient::start(T).receive(T, 302), InviteReply::Failure);
        assert_eq!(InviteClient::Proceeding.receive(T, 603), InviteReply::Failure);
    }
}
