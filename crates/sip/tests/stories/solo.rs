//! One user agent, with the test speaking for the rest of the world.

#![allow(dead_code)] // each story file uses its own part

use std::collections::VecDeque;

use sip::message::{Message, Method, Request, Response};
use sip::{Config, Event, Instant, Output, UserAgent};

use crate::pair::{config, summary};

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
