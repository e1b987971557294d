//! Offers and answers of one `Rtc`.

use std::fmt;

use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::media::{MediaKind, Mid};
use str0m::{Rtc, media};

use super::Direction;

/// Why a peer has no media.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaError {
    /// No local address could be bound.
    NoSocket,
    /// The description is not SDP, or not WebRTC's.
    BadDescription(String),
    /// No codec in common.
    NoCodec,
    /// An answer came for which there is no offer, or the other way round.
    OutOfOrder,
}

impl std::error::Error for MediaError {}

impl fmt::Display for MediaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSocket => write!(f, "No local address could be bound for media."),
            Self::BadDescription(why) => write!(f, "The session description cannot be used: {why}."),
            Self::NoCodec => write!(f, "The session description offers no codec this number speaks."),
            Self::OutOfOrder => write!(f, "A session description came out of turn."),
        }
    }
}

/// The state of offer and answer (RFC 3264): at most one offer of ours is open.
#[derive(Default)]
pub(super) struct Negotiation {
    pending: Option<SdpPendingOffer>,
    mid: Option<Mid>,
}

impl Negotiation {
    /// The audio line, once there is one.
    pub(super) fn mid(&self) -> Option<Mid> {
        self.mid
    }

    pub(super) fn media_added(&mut self, mid: Mid) {
        self.mid = Some(mid);
    }

    /// Answers an offer; a first one, a hold, a resume or an ICE restart.
    pub(super) fn accept(&mut self, rtc: &mut Rtc, offer: &str) -> Result<String, MediaError> {
        let offer = SdpOffer::from_sdp_string(&without_candidates(offer)).map_err(bad)?;
        self.pending = None;
        let answer = rtc.sdp_api().accept_offer(offer).map_err(bad)?.to_sdp_string();
        has_audio(&answer).then_some(answer).ok_or(MediaError::NoCodec)
    }

    /// Makes an offer: the first adds the audio line, later ones change its direction.
    pub(super) fn offer(&mut self, rtc: &mut Rtc, direction: Direction) -> Result<String, MediaError> {
        let direction = match direction {
            Direction::SendRecv => media::Direction::SendRecv,
            Direction::SendOnly => media::Direction::SendOnly,
        };
        let mut changes = rtc.sdp_api();
        match self.mid {
            None => self.mid = Some(changes.add_media(MediaKind::Audio, direction, None, None, None)),
            Some(mid) => changes.set_direction(mid, direction),
        }
        let (offer, pending) = changes.apply().ok_or(MediaError::OutOfOrder)?;
        self.pending = Some(pending);
        Ok(offer.to_sdp_string())
    }

    /// Takes the answer to our open offer.
    pub(super) fn answered(&mut self, rtc: &mut Rtc, answer: &str) -> Result<(), MediaError> {
        let pending = self.pending.take().ok_or(MediaError::OutOfOrder)?;
        let answer_sdp = SdpAnswer::from_sdp_string(&without_candidates(answer)).map_err(bad)?;
        rtc.sdp_api().accept_answer(pending, answer_sdp).map_err(bad)?;
        has_audio(answer).then_some(()).ok_or(MediaError::NoCodec)
    }

    /// Our open offer was refused.
    pub(super) fn rolled_back(&mut self) {
        self.pending = None;
    }
}

fn bad(error: impl fmt::Display) -> MediaError {
    MediaError::BadDescription(error.to_string())
}

/// A lite agent has no use for the far end's candidates (RFC 8445 §2.5), and a browser's may be mDNS names.
fn without_candidates(sdp: &str) -> String {
    sdp.lines()
        .filter(|line| !line.starts_with("a=candidate:"))
        .flat_map(|line| [line, "\r\n"])
        .collect()
}

/// False when every audio line is refused (port 0).
fn has_audio(sdp: &str) -> bool {
    sdp.lines()
        .any(|line| line.starts_with("m=audio ") && !line.starts_with("m=audio 0 "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_go_and_lines_end_rightly() {
        let sdp = "v=0\na=candidate:1 1 udp 2113937151 3a1b.local 50000 typ host\r\na=mid:0\n";
        assert_eq!(without_candidates(sdp), "v=0\r\na=mid:0\r\n");
    }

    #[test]
    fn a_refused_line_is_no_audio() {
        assert!(has_audio("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"));
        assert!(!has_audio("v=0\r\nm=audio 0 UDP/TLS/RTP/SAVPF 0\r\n"));
    }
}
