//! From how a SIP session ended to how a call ended.

use sip::EndCause;
use sip::header::Reason;

use crate::{EndReason, MediaFault};

/// How our outgoing call was refused: the statuses an agent has words for.
fn refused(status: u16, phrase: String) -> EndReason {
    match status {
        486 | 600 => EndReason::Busy,
        603 => EndReason::RemoteDeclined,
        408 | 480 | 487 => EndReason::NoAnswer,
        404 | 410 | 484 | 604 => EndReason::NotFound,
        _ => EndReason::Refused { status, phrase },
    }
}

/// The reason an agent is shown.
pub(crate) fn reason_of(cause: EndCause) -> EndReason {
    match cause {
        EndCause::Rejected { status, phrase, .. } => refused(status, phrase),
        EndCause::Declined { .. } => EndReason::Declined,
        EndCause::Cancelled => EndReason::CallerCancelled,
        EndCause::Bye | EndCause::Gone { .. } => EndReason::RemoteHungUp,
        EndCause::LocalBye => EndReason::HungUp,
        EndCause::TimedOut => EndReason::NoAnswer,
        EndCause::NoAck | EndCause::FlowLost => EndReason::LinkLost,
        EndCause::WrongPassword | EndCause::UnsupportedAuth => EndReason::WrongPassword,
        EndCause::NoSdp => EndReason::Media(MediaFault::Negotiation),
    }
}

/// RFC 3326 §3.1: `SIP;cause=200` in a CANCEL says that another of our phones took the call.
pub(crate) fn is_answered_elsewhere(reasons: &[Reason]) -> bool {
    reasons
        .iter()
        .any(|reason| reason.protocol.eq_ignore_ascii_case("SIP") && reason.cause == Some(200))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_an_agent_knows_have_their_own_reason() {
        for (status, reason) in [
            (486, EndReason::Busy),
            (600, EndReason::Busy),
            (603, EndReason::RemoteDeclined),
            (480, EndReason::NoAnswer),
            (404, EndReason::NotFound),
            (484, EndReason::NotFound),
        ] {
            assert_eq!(refused(status, String::new()), reason);
        }
        let phrase = String::from("Trunk down");
        assert_eq!(
            refused(503, phrase.clone()),
            EndReason::Refused { status: 503, phrase }
        );
    }

    #[test]
    fn only_sip_200_means_answered_elsewhere() {
        assert!(is_answered_elsewhere(&[
            Reason::q850(16, ""),
            Reason::sip(200, "Call completed elsewhere")
        ]));
        assert!(!is_answered_elsewhere(&[
            Reason::sip(487, ""),
            Reason::q850(200, "")
        ]));
        assert!(!is_answered_elsewhere(&[]));
    }
}
