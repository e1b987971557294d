//! Two user agents, a wire between them and a clock that only moves when told: whole calls in microseconds.

#![allow(dead_code)] // each story file uses its own part

use std::collections::VecDeque;

use sip::message::Message;
use sip::{CallId, Config, Event, Instant, Output, Secret, Uri, UserAgent};

/// Which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    A,
    B,
}

impl Side {
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

struct Frame {
    at: Instant,
    to: Side,
    text: String,
}

/// Two agents and the wire.
pub struct Pair {
    pub now: Instant,
    pub a: UserAgent,
    pub b: UserAgent,
    /// One way, ms.
    pub latency: u64,
    /// Everything ever put on the wire: from whom, and what.
    pub log: Vec<(Side, String)>,
    pub events_a: Vec<Event>,
    pub events_b: Vec<Event>,
    wire: VecDeque<Frame>,
    up: bool,
    /// Frames from this side that vanish although the socket looks fine.
    pub swallow: Option<Side>,
}

pub fn uri(text: &str) -> Uri {
    Uri::parse(text).unwrap()
}

pub fn config(user: &str) -> Config {
    let mut config = Config::new(uri(&format!("sip:{user}@example.com")), Secret::new("secret"));
    config.keep_alive = None;
    config.instance = "urn:uuid:00000000-0000-4000-8000-000000000001".into();
    config
}

pub fn offer() -> String {
    sdp("sendrecv")
}

pub fn sdp(direction: &str) -> String {
    format!(
        "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na={direction}\r\n"
    )
}

impl Pair {
    pub fn new() -> Self {
        Self::with_seed(1)
    }

    pub fn with_seed(seed: u8) -> Self {
        let mut pair = Self {
            now: Instant(1_000),
            a: UserAgent::new(config("asha"), [seed; 32]),
            b: UserAgent::new(config("ben"), [seed.wrapping_add(100); 32]),
            latency: 20,
            log: Vec::new(),
            events_a: Vec::new(),
            events_b: Vec::new(),
            wire: VecDeque::new(),
            up: false,
            swallow: None,
        };
        pair.connect();
        pair
    }

    pub fn ua(&mut self, side: Side) -> &mut UserAgent {
        match side {
            Side::A => &mut self.a,
            Side::B => &mut self.b,
        }
    }

    pub fn events(&mut self, side: Side) -> &mut Vec<Event> {
        match side {
            Side::A => &mut self.events_a,
            Side::B => &mut self.events_b,
        }
    }

    pub fn connect(&mut self) {
        self.up = true;
        self.a.connected(self.now);
        self.b.connected(self.now);
        self.drain();
    }

    /// Both ends lose the wire; what was on it is lost.
    pub fn cut(&mut self) {
        self.up = false;
        self.wire.clear();
        self.a.disconnected(self.now);
        self.b.disconnected(self.now);
        self.drain();
    }

    /// Moves what both agents have to say onto the wire and into the event lists.
    pub fn drain(&mut self) {
        for side in [Side::A, Side::B] {
            while let Some(output) = self.ua(side).poll() {
                match output {
                    Output::Send(text) => {
                        assert!(self.up, "sent without a flow: {text}");
                        self.log.push((side, text.clone()));
                        if self.swallow != Some(side) {
                            let at = self.now + self.latency;
                            self.wire.push_back(Frame {
                                at,
                                to: side.other(),
                                text,
                            });
                        }
                    }
                    Output::Event(event) => self.events(side).push(event),
                }
            }
        }
    }

    /// One step: the next frame or timer, but not beyond `until`. False when nothing is left to do by then.
    pub fn step(&mut self, until: Instant) -> bool {
        self.drain();
        let frame = self.wire.front().map(|f| f.at);
        let timer = [self.a.next_timeout(), self.b.next_timeout()]
            .into_iter()
            .flatten()
            .min();
        let Some(next) = [frame, timer]
            .into_iter()
            .flatten()
            .min()
            .filter(|at| *at <= until)
        else {
            self.now = until;
            return false;
        };
        self.now = self.now.max(next);
        if frame.is_some_and(|at| at <= self.now) {
            if let Some(frame) = self.wire.pop_front() {
                let now = self.now;
                self.ua(frame.to).frame(now, frame.text.as_bytes());
            }
        } else {
            for side in [Side::A, Side::B] {
                let now = self.now;
                if self.ua(side).next_timeout().is_some_and(|at| at <= now) {
                    self.ua(side).timeout(now);
                }
            }
        }
        self.drain();
        true
    }

    /// Lets `ms` pass.
    pub fn run(&mut self, ms: u64) {
        let until = self.now + ms;
        let mut steps = 0;
        while self.step(until) {
            steps += 1;
            assert!(steps < 100_000, "the pair never comes to rest");
        }
    }

    /// Lets the wire empty: a second is far more than any exchange needs, and less than most timers.
    pub fn drive(&mut self) {
        self.run(400);
    }

    pub fn take(&mut self, side: Side) -> Vec<Event> {
        self.drain();
        std::mem::take(self.events(side))
    }

    /// The start lines `side` has sent since the log was last cleared, e.g. `INVITE`, `200 INVITE`.
    pub fn sent(&self, side: Side) -> Vec<String> {
        self.log
            .iter()
            .filter(|(from, _)| *from == side)
            .map(|(_, text)| summary(text))
            .collect()
    }

    /// The last message `side` sent whose summary is `what`.
    pub fn last(&self, side: Side, what: &str) -> Message {
        let (_, text) = self
            .log
            .iter()
            .rev()
            .find(|(from, text)| *from == side && summary(text) == what)
            .expect(what);
        Message::parse(text.as_bytes()).unwrap()
    }

    pub fn count(&self, side: Side, what: &str) -> usize {
        self.sent(side).iter().filter(|line| *line == what).count()
    }

    // --- common openings ---

    /// A calls, B rings.
    pub fn ringing(&mut self) -> (CallId, CallId) {
        let now = self.now;
        let a = self
            .a
            .invite(now, uri("sip:ben@example.com"), offer(), &[])
            .unwrap();
        self.drive();
        let b = match self.take(Side::B).as_slice() {
            [Event::Incoming { id, .. }] => *id,
            other => panic!("not one incoming call: {other:?}"),
        };
        let now = self.now;
        self.b.ring(now, b).unwrap();
        self.drive();
        (a, b)
    }

    /// A called, B answered, all events taken.
    pub fn talking(&mut self) -> (CallId, CallId) {
        let (a, b) = self.ringing();
        let now = self.now;
        self.b.answer(now, b, offer()).unwrap();
        self.drive();
        self.take(Side::A);
        self.take(Side::B);
        (a, b)
    }

    /// Nobody has a call, and after the last timers nobody has a transaction.
    pub fn assert_over(&mut self) {
        self.run(200_000);
        assert!(self.a.is_idle(), "A still holds something");
        assert!(self.b.is_idle(), "B still holds something");
    }
}

/// `INVITE` for a request, `200 INVITE` for a response, the text itself for keep-alive.
pub fn summary(text: &str) -> String {
    match Message::parse(text.as_bytes()) {
        Ok(Message::Request(request)) => request.method.as_str().to_owned(),
        Ok(Message::Response(response)) => {
            let method = response
                .headers
                .get("CSeq")
                .unwrap()
                .split(' ')
                .nth(1)
                .unwrap_or("")
                .to_owned();
            format!("{} {method}", response.status)
        }
        Err(_) => text.to_owned(),
    }
}
