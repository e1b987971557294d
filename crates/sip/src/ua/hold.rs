//! Who holds whom: read from the last offer and answer, never kept as a flag of its own.

use crate::sdp::{Direction, audio_direction};

/// What the last completed offer and answer settled (RFC 3264 §6.1, §8.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Settled {
    local_hold: bool,
    remote_hold: bool,
}

/// A side that does not want to hear the other: `sendonly` or `inactive`. Without a direction it is `sendrecv`.
fn holds(sdp: &str) -> bool {
    match audio_direction(sdp) {
        Some(Direction::SendOnly | Direction::Inactive) => true,
        Some(Direction::SendRecv | Direction::RecvOnly) | None => false,
    }
}

/// An answerer has no choice but `inactive` to an `inactive` offer: it says nothing about its own wish.
fn leaves_no_choice(offer: &str) -> bool {
    audio_direction(offer) == Some(Direction::Inactive)
}

impl Settled {
    /// Whether we hold them.
    pub(crate) fn local_hold(self) -> bool {
        self.local_hold
    }

    /// Whether they hold us.
    pub(crate) fn remote_hold(self) -> bool {
        self.remote_hold
    }

    /// After our offer and their answer.
    pub(crate) fn offered(self, offer: &str, answer: &str) -> Self {
        let remote_hold = if leaves_no_choice(offer) {
            self.remote_hold
        } else {
            holds(answer)
        };
        Self {
            local_hold: holds(offer),
            remote_hold,
        }
    }

    /// After their offer and our answer.
    pub(crate) fn answered(self, offer: &str, answer: &str) -> Self {
        let local_hold = if leaves_no_choice(offer) {
            self.local_hold
        } else {
            holds(answer)
        };
        Self {
            local_hold,
            remote_hold: holds(offer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audio(direction: &str) -> String {
        format!("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na={direction}\r\n")
    }

    #[test]
    fn directions_tell_who_holds() {
        let start = Settled::default();
        let held = start.answered(&audio("sendonly"), &audio("recvonly"));
        assert_eq!((held.local_hold(), held.remote_hold()), (false, true));
        let both = held.offered(&audio("sendonly"), &audio("inactive"));
        assert_eq!((both.local_hold(), both.remote_hold()), (true, true));
        let talking = both.offered(&audio("sendrecv"), &audio("sendrecv"));
        assert_eq!(talking, start);
    }

    #[test]
    fn an_inactive_offer_says_nothing_about_the_answerer() {
        let held = Settled::default().answered(&audio("inactive"), &audio("inactive"));
        assert_eq!((held.local_hold(), held.remote_hold()), (false, true));
        let ours = Settled::default().offered(&audio("inactive"), &audio("inactive"));
        assert_eq!((ours.local_hold(), ours.remote_hold()), (true, false));
    }
}
