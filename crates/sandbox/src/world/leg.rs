//! A dialog with one phone: a user agent of its own, and the flow it is on for now.

use sip::header::Reason;
use sip::message::Message;
use sip::{Config, Event, Instant, Secret, Transport, Uri, UserAgent};

use super::places::{CallNo, FlowNo};
use super::{GRACE, LINGER};

/// Where the dialog's messages go.
///
/// ```text
/// On --socket closed--> Lost --the phone registers--> Guessed --a message of the dialog--> On
///  +-------------------the phone registers on another--^
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Over this flow.
    On(FlowNo),
    /// Over this flow, on which the phone has registered anew. Nothing of the dialog has come since then: a phone that was
    /// started anew knows nothing of it.
    Guessed(FlowNo, Instant),
    /// Nowhere since then: the phone's next flow takes it up again.
    Lost(Instant),
}

/// How far the leg's own part of a call got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// The INVITE has no final response yet.
    Early,
    /// 200 OK went or came.
    Up,
    /// It ended then; the user agent only answers what is still under way.
    Over(Instant),
}

/// One leg.
pub(super) struct Leg {
    pub(super) call: CallNo,
    pub(super) agent: String,
    pub(super) instance: String,
    pub(super) ua: UserAgent,
    /// The user agent's name for its one call.
    pub(super) id: Option<sip::CallId>,
    /// `Call-ID`, by which frames find their leg.
    pub(super) call_id: String,
    pub(super) reach: Reach,
    pub(super) stage: Stage,
}

impl Leg {
    /// A leg whose user agent speaks as `address`.
    pub(super) fn new(
        call: CallNo,
        agent: &str,
        instance: &str,
        flow: FlowNo,
        address: (Option<String>, Uri),
        seed: [u8; 32],
    ) -> Self {
        let (display_name, address) = address;
        let config = Config {
            display_name,
            registrar: None,
            transport: Transport::Ws,
            user_agent: String::from("Sandbox"),
            keep_alive: None,
            ..Config::new(address, Secret::new(""))
        };
        Self {
            call,
            agent: agent.to_owned(),
            instance: instance.to_owned(),
            ua: UserAgent::new(config, seed),
            id: None,
            call_id: String::new(),
            reach: Reach::On(flow),
            stage: Stage::Early,
        }
    }

    /// A frame came for it, over this flow: that is where the phone is now.
    pub(super) fn frame(&mut self, now: Instant, flow: FlowNo, bytes: &[u8]) {
        self.move_to(now, flow);
        self.reach = Reach::On(flow);
        self.ua.frame(now, bytes);
    }

    /// The phone has registered on this flow: the dialog goes on there, if the phone still has it.
    pub(super) fn move_to(&mut self, now: Instant, flow: FlowNo) {
        let since = match self.reach {
            Reach::On(old) | Reach::Guessed(old, _) if old == flow => return,
            Reach::On(_) => {
                self.ua.disconnected(now);
                now
            }
            Reach::Guessed(_, since) => {
                self.ua.disconnected(now);
                since
            }
            Reach::Lost(since) => since,
        };
        self.reach = Reach::Guessed(flow, since);
        self.ua.connected(now);
    }

    /// Its flow may be gone.
    pub(super) fn flow_lost(&mut self, now: Instant, flow: FlowNo) {
        let since = match self.reach {
            Reach::On(old) if old == flow => now,
            Reach::Guessed(old, since) if old == flow => since,
            Reach::On(_) | Reach::Guessed(..) | Reach::Lost(_) => return,
        };
        self.reach = Reach::Lost(since);
        self.ua.disconnected(now);
    }

    /// Since when no message of the dialog could, or did, come from the phone; `None` while it is on the flow it spoke on.
    pub(super) fn unheard_since(&self) -> Option<Instant> {
        match (self.stage, self.reach) {
            (Stage::Early | Stage::Up, Reach::Lost(at) | Reach::Guessed(_, at)) => Some(at),
            (Stage::Early | Stage::Up, Reach::On(_)) | (Stage::Over(_), _) => None,
        }
    }

    pub(super) fn timeout(&mut self, now: Instant) {
        if self.ua.next_timeout().is_some_and(|at| at <= now) {
            self.ua.timeout(now);
        }
    }

    /// The user agent's timer, the end of grace, or the end of lingering.
    pub(super) fn next_timeout(&self) -> Option<Instant> {
        let own = match (self.stage, self.reach) {
            (Stage::Over(at), _) => Some(Instant(at.0 + LINGER)),
            (Stage::Early | Stage::Up, Reach::Lost(at)) => Some(Instant(at.0 + GRACE)),
            (Stage::Early | Stage::Up, Reach::On(_) | Reach::Guessed(..)) => None,
        };
        own.into_iter().chain(self.ua.next_timeout()).min()
    }

    /// True when nobody has come back for it in time.
    pub(super) fn is_abandoned(&self, now: Instant) -> bool {
        match (self.stage, self.reach) {
            (Stage::Early | Stage::Up, Reach::Lost(at)) => now.since(at) >= GRACE,
            (Stage::Early | Stage::Up, Reach::On(_) | Reach::Guessed(..)) | (Stage::Over(_), _) => false,
        }
    }

    /// True when it can be forgotten.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        match self.stage {
            Stage::Over(at) => now.since(at) >= LINGER,
            Stage::Early | Stage::Up => false,
        }
    }

    /// A leg that called takes its Call-ID from its own INVITE.
    pub(super) fn learn_call_id(&mut self, sent: &str) {
        if self.call_id.is_empty()
            && let Ok(message) = Message::parse(sent.as_bytes())
        {
            self.call_id = message.headers().get("Call-ID").unwrap_or_default().to_owned();
        }
    }

    /// Keeps track of its stage from what its user agent says.
    pub(super) fn notice(&mut self, now: Instant, event: &Event) {
        match event {
            Event::Answered { .. } => self.stage = Stage::Up,
            Event::Ended { .. } => self.stage = Stage::Over(now),
            _ => {}
        }
    }
}

/// What the other phones hear when one has answered (RFC 3326).
pub(super) fn elsewhere() -> Reason {
    Reason::sip(200, "Call completed elsewhere")
}

/// The digit of an INFO `application/dtmf-relay` or `application/dtmf`.
pub(super) fn dtmf(kind: &str, body: &str) -> Option<char> {
    let kind = kind.split(';').next().unwrap_or(kind).trim().to_ascii_lowercase();
    let text = match kind.as_str() {
        "application/dtmf-relay" => body.lines().find_map(|line| {
            let (name, value) = line.split_once('=')?;
            name.trim().eq_ignore_ascii_case("signal").then_some(value)
        })?,
        "application/dtmf" => body,
        _ => return None,
    };
    text.trim()
        .chars()
        .next()
        .filter(|digit| crate::media::dtmf_pair(*digit).is_some())
}

#[cfg(test)]
mod tests {
    use super::dtmf;

    #[test]
    fn digits_are_read_from_both_kinds() {
        assert_eq!(
            dtmf("application/dtmf-relay", "Signal=5\r\nDuration=240"),
            Some('5')
        );
        assert_eq!(dtmf("Application/DTMF-Relay; x=y", "signal = #\r\n"), Some('#'));
        assert_eq!(dtmf("application/dtmf", "*"), Some('*'));
        assert_eq!(dtmf("application/dtmf-relay", "Signal=?"), None);
        assert_eq!(dtmf("text/plain", "Signal=5"), None);
    }
}
