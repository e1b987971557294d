//! Two user agents, a wire between them and a clock that only moves when told: whole calls in microseconds.

#![allow(dead_code)] // each story file uses its own part

use std::collections::VecDeque;

use sip::message::{Message, Method, Request, Response};
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

/// One agent, with the test speaking for the rest of the world.
pub struct Solo {
    pub now: Instant,
    pub ua: UserAgent,
    pub sent: VecDeque<Message>,
    pub raw: Vec<String>,
    pub events: VecDeque<Event>,
}

impl Solo {
    pub fn new() -> Self {
        Self::with(config("asha"))
    }

    pub fn with(config: Config) -> Self {
        let mut solo = Self {
            now: Instant(1_000),
            ua: UserAgent::new(config, [9; 32]),
            sent: VecDeque::new(),
            raw: Vec::new(),
            events: VecDeque::new(),
        };
        solo.ua.connected(solo.now);
        solo.drain();
        solo
    }

    pub fn drain(&mut self) {
        while let Some(output) = self.ua.poll() {
            match output {
                Output::Send(text) => {
                    if let Ok(message) = Message::parse(text.as_bytes()) {
                        self.sent.push_back(message);
                    }
                    self.raw.push(text);
                }
                Output::Event(event) => self.events.push_back(event),
            }
        }
    }

    pub fn cut(&mut self) {
        self.ua.disconnected(self.now);
        self.drain();
    }

    pub fn connect(&mut self) {
        self.ua.connected(self.now);
        self.drain();
    }

    pub fn receive(&mut self, message: impl Into<Message>) {
        self.text(&message.into().to_text());
    }

    pub fn text(&mut self, text: &str) {
        self.ua.frame(self.now, text.as_bytes());
        self.drain();
    }

    /// Lets time pass, timer by timer.
    pub fn run(&mut self, ms: u64) {
        let until = self.now + ms;
        self.drain();
        while let Some(at) = self.ua.next_timeout().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.ua.timeout(self.now);
            self.drain();
        }
        self.now = until;
    }

    /// The next message sent, which must be this request.
    pub fn request(&mut self, method: Method) -> Request {
        self.drain();
        match self.sent.pop_front() {
            Some(Message::Request(request)) if request.method == method => request,
            other => panic!(
                "expected {}, sent {:?}",
                method.as_str(),
                other.map(|m| summary(&m.to_text()))
            ),
        }
    }

    /// The next message sent, which must be a response with this status.
    pub fn response(&mut self, status: u16) -> Response {
        self.drain();
        match self.sent.pop_front() {
            Some(Message::Response(response)) if response.status == status => response,
            other => panic!(
                "expected {status}, sent {:?}",
                other.map(|m| summary(&m.to_text()))
            ),
        }
    }

    pub fn nothing_sent(&mut self) {
        self.drain();
        let all: Vec<_> = self.sent.iter().map(|m| summary(&m.to_text())).collect();
        assert!(all.is_empty(), "sent {all:?}");
    }

    pub fn event(&mut self) -> Event {
        self.drain();
        self.events.pop_front().expect("no event")
    }

    pub fn no_event(&mut self) {
        self.drain();
        assert!(self.events.is_empty(), "{:?}", self.events);
    }
}

/// A response to a request of the agent's, as some far end with `tag` gives it.
pub fn respond(request: &Request, status: u16, tag: &str) -> Response {
    let mut response = request.reply(status);
    if !tag.is_empty() && !response.headers.get("To").unwrap().contains(";tag=") {
        let to = format!("{};tag={tag}", response.headers.get("To").unwrap());
        response.headers.remove("To");
        response.headers.push_raw("To", &to).unwrap();
    }
    response
}

/// The same with a Contact and a session description.
pub fn accept(request: &Request, status: u16, tag: &str, body: &str) -> Response {
    let mut response = respond(request, status, tag);
    response
        .headers
        .push_raw("Contact", "<sip:far@far.invalid;transport=ws>")
        .unwrap();
    if !body.is_empty() {
        response
            .headers
            .push_raw("Content-Type", "application/sdp")
            .unwrap();
        response.body = body.as_bytes().to_vec();
    }
    response
}

/// A request from the far end. `more` are whole header lines.
pub fn request(method: &str, cseq: u32, to: &str, more: &[&str], body: &str) -> String {
    let mut text = format!(
        "{method} sip:asha@df7j.invalid SIP/2.0\r\nVia: SIP/2.0/WSS proxy.example.com;branch=z9hG4bK{method}{cseq}\r\n\
         Max-Forwards: 70\r\nFrom: \"Ravi\" <sip:+919812345678@example.com>;tag=far\r\nTo: {to}\r\nCall-ID: call-1\r\n\
         CSeq: {cseq} {method}\r\n"
    );
    if method == "INVITE" {
        text.push_str("Contact: <sip:far@far.invalid;transport=ws>\r\n");
    }
    for line in more {
        text.push_str(line);
        text.push_str("\r\n");
    }
    if !body.is_empty() && !text.contains("Content-Type") {
        text.push_str("Content-Type: application/sdp\r\n");
    }
    text.push_str("\r\n");
    text.push_str(body);
    text
}
