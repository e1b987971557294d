use super::GIVE_UP;
use crate::Instant;

/// Non-INVITE client transaction (RFC 3261 §17.1.2). Completed is absent: timer K is zero on a reliable transport.
/// Unlike an INVITE, timer F runs on through provisional responses.
///
/// ```text
///   request sent ──▶ Trying ──1xx──▶ Proceeding ─┐1xx
///                     │   │             │   │  ▲─┘
///                     F  200-699        F  200-699
///                     ▼   ▼             ▼   ▼
///                     over             over
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NonInviteClient {
    /// Nothing heard yet.
    Trying { give_up: Instant },
    /// A provisional response arrived.
    Proceeding { give_up: Instant },
}

/// What a response meant to the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    /// 1xx.
    Provisional(NonInviteClient),
    /// The final response; the transaction is over.
    Final,
}

impl NonInviteClient {
    /// The request was handed to the transport.
    pub(crate) fn start(now: Instant) -> Self {
        Self::Trying {
            give_up: now + GIVE_UP,
        }
    }

    /// A response with this status arrived.
    pub(crate) fn receive(self, status: u16) -> Reply {
        match (self, status) {
            (Self::Trying { give_up } | Self::Proceeding { give_up }, 100..=199) => {
                Reply::Provisional(Self::Proceeding { give_up })
            }
            (Self::Trying { .. } | Self::Proceeding { .. }, _) => Reply::Final,
        }
    }

    /// When timer F fires.
    pub(crate) fn deadline(&self) -> Instant {
        match self {
            Self::Trying { give_up } | Self::Proceeding { give_up } => *give_up,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timer_f_runs_through_provisionals() {
        let start = NonInviteClient::start(Instant(0));
        let Reply::Provisional(next) = start.receive(100) else {
            panic!("not provisional")
        };
        assert_eq!(next.deadline(), Instant(32_000));
        assert_eq!(next.receive(200), Reply::Final);
        assert_eq!(start.receive(401), Reply::Final);
    }
}
