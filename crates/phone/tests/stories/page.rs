//! A page that does what the kernel asks, unless told otherwise.

use phone::{CallId, Direction, MediaEvent, MediaFault, MediaRequest};
use sip::sdp::{self, with_audio_direction};

pub(crate) struct Page {
    /// What it was asked, oldest first.
    pub(crate) asked: Vec<MediaRequest>,
    /// It never replies.
    pub(crate) silent: bool,
    /// It fails with this instead of replying.
    pub(crate) fault: Option<MediaFault>,
    prepared: Option<String>,
}

const SDP: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n\
    m=audio 4000 UDP/TLS/RTP/SAVPF 111 101\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n\
    a=sendrecv\r\n";

pub(crate) fn offer(direction: sdp::Direction) -> String {
    with_audio_direction(SDP, direction)
}

/// An answer that wants `wish` as far as the offer allows (RFC 3264 §6.1).
pub(crate) fn answer(offer: &str, wish: sdp::Direction) -> String {
    use sdp::Direction::{Inactive, RecvOnly, SendOnly, SendRecv};
    let offered = sdp::audio_direction(offer).unwrap_or(SendRecv);
    let they_listen = matches!(offered, SendRecv | RecvOnly);
    let they_talk = matches!(offered, SendRecv | SendOnly);
    let send = they_listen && matches!(wish, SendRecv | SendOnly);
    let receive = they_talk && matches!(wish, SendRecv | RecvOnly);
    self::offer(match (send, receive) {
        (true, true) => SendRecv,
        (true, false) => SendOnly,
        (false, true) => RecvOnly,
        (false, false) => Inactive,
    })
}

fn wish(direction: Direction) -> sdp::Direction {
    match direction {
        Direction::SendRecv => sdp::Direction::SendRecv,
        Direction::SendOnly => sdp::Direction::SendOnly,
        Direction::RecvOnly => sdp::Direction::RecvOnly,
        Direction::Inactive => sdp::Direction::Inactive,
    }
}

impl Page {
    pub(crate) fn new() -> Self {
        Self {
            asked: Vec::new(),
            silent: false,
            fault: None,
            prepared: None,
        }
    }

    /// What the page says to a request, if anything.
    pub(crate) fn ask(&mut self, request: MediaRequest) -> Option<(CallId, MediaEvent)> {
        self.asked.push(request.clone());
        let (call, event) = match request {
            MediaRequest::Prepare { offer, .. } => {
                self.prepared = Some(offer);
                return None;
            }
            MediaRequest::Offer { call, direction, .. } => (call, MediaEvent::Offer(offer(wish(direction)))),
            MediaRequest::Answer {
                call,
                offer,
                direction,
            } => {
                let offer = offer.or(self.prepared.take()).expect("an offer to answer");
                (call, MediaEvent::Answer(answer(&offer, wish(direction))))
            }
            MediaRequest::Close { .. } => {
                self.prepared = None;
                return None;
            }
            MediaRequest::Remote { .. } | MediaRequest::Rollback { .. } | MediaRequest::Mute { .. } => {
                return None;
            }
        };
        match (&self.fault, self.silent) {
            (_, true) => None,
            (Some(fault), _) => Some((call, MediaEvent::Failed(fault.clone()))),
            (None, false) => Some((call, event)),
        }
    }

    /// Requests as short words, for comparing.
    pub(crate) fn words(&self) -> Vec<&'static str> {
        let word = |request: &MediaRequest| match request {
            MediaRequest::Prepare { .. } => "prepare",
            MediaRequest::Offer {
                ice_restart: true, ..
            } => "restart",
            MediaRequest::Offer {
                direction: Direction::SendOnly,
                ..
            } => "offer hold",
            MediaRequest::Offer { .. } => "offer",
            MediaRequest::Answer { offer: None, .. } => "answer prepared",
            MediaRequest::Answer { .. } => "answer",
            MediaRequest::Remote {
                provisional: true, ..
            } => "early",
            MediaRequest::Remote { .. } => "remote",
            MediaRequest::Rollback { .. } => "rollback",
            MediaRequest::Mute { muted: true, .. } => "mute",
            MediaRequest::Mute { .. } => "unmute",
            MediaRequest::Close { .. } => "close",
        };
        self.asked.iter().map(word).collect()
    }
}
