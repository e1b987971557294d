//! The world as `GET /control/state` shows it.

use serde::Serialize;
use sip::Instant;

use super::World;
use super::call::{Call, Phase};
use super::places::{CallNo, FlowNo, PeerNo};

/// Everything there is to see.
#[derive(Debug, Serialize)]
pub(crate) struct Snapshot {
    agents: Vec<AgentLine>,
    calls: Vec<CallLine>,
    sockets: Vec<SocketLine>,
}

#[derive(Debug, Serialize)]
struct AgentLine {
    agent: String,
    name: String,
    registered: bool,
    phones: Vec<PhoneLine>,
}

#[derive(Debug, Serialize)]
struct PhoneLine {
    socket: FlowNo,
    contact: String,
    instance: String,
    expires_in_s: u64,
}

#[derive(Debug, Serialize)]
struct SocketLine {
    socket: FlowNo,
    agent: Option<String>,
    bad_frames: u32,
}

#[derive(Debug, Serialize)]
struct CallLine {
    call: CallNo,
    sid: String,
    from: String,
    to: String,
    /// `preparing`, `ringing`, `up` or `ended`.
    state: &'static str,
    behaviour: Option<&'static str>,
    /// Ringing phones, while it rings.
    ringing: usize,
    /// The machine holds the phone.
    held: bool,
    digits: String,
    rtp_in: u64,
    rtp_out: u64,
    seconds: u64,
    /// How it ended, in words.
    ended: Option<String>,
}

/// A call that is over.
#[derive(Debug)]
pub(super) struct Past {
    line: CallLine,
    peer: Option<PeerNo>,
}

impl Past {
    pub(super) fn new(call: &Call, now: Instant, why: &str) -> Self {
        let mut line = line(call, now);
        line.state = "ended";
        line.ringing = 0;
        line.ended = Some(why.to_owned());
        Self {
            line,
            peer: call.peer(),
        }
    }
}

impl World {
    /// Whether a snapshot still shows what a media peer counted.
    pub(crate) fn shows(&self, peer: PeerNo) -> bool {
        self.past.iter().any(|past| past.peer == Some(peer))
    }

    /// How things stand; `packets` knows each media peer's RTP packets in and out.
    pub(crate) fn snapshot(&self, now: Instant, packets: impl Fn(PeerNo) -> (u64, u64)) -> Snapshot {
        let counted = |mut line: CallLine, peer: Option<PeerNo>| {
            (line.rtp_in, line.rtp_out) = peer.map_or((0, 0), &packets);
            line
        };
        let past = self.past.iter().map(|past| counted(past.line.copy(), past.peer));
        let live = self
            .calls
            .values()
            .map(|call| counted(line(call, now), call.peer()));
        Snapshot {
            agents: self
                .accounts
                .iter()
                .map(|account| self.agent(now, &account.user, &account.display))
                .collect(),
            calls: past.chain(live).collect(),
            sockets: self
                .flows
                .iter()
                .map(|(no, flow)| SocketLine {
                    socket: *no,
                    agent: flow.agent.clone(),
                    bad_frames: flow.bad_frames,
                })
                .collect(),
        }
    }

    fn agent(&self, now: Instant, user: &str, name: &str) -> AgentLine {
        let phones: Vec<PhoneLine> = self
            .registrar
            .of(user)
            .map(|binding| PhoneLine {
                socket: binding.flow,
                contact: binding.contact.to_string(),
                instance: binding.instance.clone(),
                expires_in_s: binding.expires_at.since(now).div_ceil(1000),
            })
            .collect();
        AgentLine {
            agent: user.to_owned(),
            name: name.to_owned(),
            registered: !phones.is_empty(),
            phones,
        }
    }
}

impl CallLine {
    fn copy(&self) -> Self {
        Self {
            sid: self.sid.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            digits: self.digits.clone(),
            ended: self.ended.clone(),
            ..*self
        }
    }
}

fn line(call: &Call, now: Instant) -> CallLine {
    let (state, ringing) = match &call.phase {
        Phase::Preparing { .. } => ("preparing", 0),
        Phase::Ringing { callees, .. } => ("ringing", callees.len()),
        Phase::Up { .. } => ("up", 0),
    };
    CallLine {
        call: call.no,
        sid: call.sid.clone(),
        from: call.from.clone(),
        to: call.to.clone(),
        state,
        behaviour: call.machine.as_ref().map(|machine| machine.behaviour.behaviour),
        ringing,
        held: call.machine.as_ref().is_some_and(|machine| machine.held),
        digits: call.digits.clone(),
        rtp_in: 0,
        rtp_out: 0,
        seconds: now.since(call.began) / 1000,
        ended: None,
    }
}
