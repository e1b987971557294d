//! The far end's ears and mouth: a real WebRTC peer (`str0m`) per call.
//!
//! A [`Peer`] is a task that owns one `Rtc` and one UDP socket per local address. The call server speaks to it in
//! session descriptions and in what to play; it never sees a packet. ICE is lite: the browser does the checking, so
//! its candidates may be hidden mDNS names and are learnt as peer-reflexive.

mod addresses;
mod g711;
mod negotiation;
mod peer;
mod sound;
mod transport;
mod voice;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub use negotiation::MediaError;
pub use peer::Peer;
pub use sound::{Sound, dtmf_pair};

/// Without a datagram for so long, nobody is there: a browser checks the path every few seconds (RFC 7675), on hold too.
const SILENCE: Duration = Duration::from_secs(20);

/// What a peer may agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codecs {
    /// Opus, PCMU or PCMA as the far end prefers: enough to send its own voice back.
    Relay,
    /// PCMU or PCMA only, since generated sound needs an encoder and G.711 is one.
    G711,
}

/// What the call server asks of a peer.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Answer this offer: comes back as [`Event::Answer`] or [`Event::Refused`].
    Accept(String),
    /// Make an offer with this direction: comes back as [`Event::Offer`].
    Offer(Direction),
    /// The far end's answer to our offer.
    Answered(String),
    /// Our offer was refused: what was agreed before still holds.
    RolledBack,
    /// From now on, send this.
    Play(Sound),
    /// One DTMF digit's tone for 250 ms on top of what plays.
    Digit(char),
    /// Cut the network (`true`): every datagram is lost both ways until `false`.
    Deaf(bool),
    /// Send no audio, the path staying up, until the next offer of the other side.
    Stuck,
}

/// What our side does with audio, as it goes into an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    SendRecv,
    /// We hold: only we send.
    SendOnly,
}

/// What a peer tells the call server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Our offer.
    Offer(String),
    /// Our answer.
    Answer(String),
    /// The description was unusable, in one sentence.
    Refused(String),
    /// A DTMF digit arrived as an RFC 4733 telephone event.
    Digit(char),
    /// For [`SILENCE`] no datagram has arrived, of whatever kind.
    FellSilent,
    /// One has, after that.
    HeardAgain,
}

/// Packets of one peer, counted on the wire.
#[derive(Debug, Default)]
pub struct Counters {
    rtp_in: AtomicU64,
    rtp_out: AtomicU64,
}

impl Counters {
    /// RTP packets received and sent.
    pub fn read(&self) -> (u64, u64) {
        (
            self.rtp_in.load(Ordering::Relaxed),
            self.rtp_out.load(Ordering::Relaxed),
        )
    }

    fn received(&self, datagram: &[u8]) {
        if is_rtp(datagram) {
            self.rtp_in.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn sent(&self, datagram: &[u8]) {
        if is_rtp(datagram) {
            self.rtp_out.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// RTP as against STUN, DTLS (RFC 7983 §7) and RTCP (RFC 5761 §4).
fn is_rtp(datagram: &[u8]) -> bool {
    match datagram {
        [first, second, ..] => (128..192).contains(first) && !(64..96).contains(&(second & 0x7f)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_rtp;

    #[test]
    fn only_rtp_counts() {
        assert!(is_rtp(&[0x80, 0x00, 1]));
        assert!(is_rtp(&[0x90, 0x80 | 111, 1]));
        assert!(!is_rtp(&[0x80, 200, 1]), "RTCP sender report");
        assert!(!is_rtp(&[0x00, 0x01, 1]), "STUN");
        assert!(!is_rtp(&[22, 0xfe, 1]), "DTLS");
        assert!(!is_rtp(&[0x80]));
    }
}
