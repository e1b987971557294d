//! The other end of the socket: a registrar with digest, and a far end that is itself a user agent.

use sip::digest::Algorithm;
use sip::digest::server::{issue, verify};
use sip::header::{Authorization, CSeq, Contact, RetryAfter, WwwAuthenticate};
use sip::message::{Message, Method, Request};
use sip::sdp::Direction;
use sip::{Config, Event, Instant, Secret, Transport, Uri, UserAgent};

use crate::page;

pub(crate) struct Server {
    pub(crate) ua: UserAgent,
    /// Frames to the phone, made but not yet on their way.
    pub(crate) out: Vec<String>,
    /// Everything the far end was told.
    pub(crate) events: Vec<Event>,
    pub(crate) password: &'static str,
    /// Answer REGISTER with this status (and Retry-After) instead.
    pub(crate) refuses: Option<(u16, Option<u32>)>,
    /// Neither hears nor says anything, but keeps the socket.
    pub(crate) deaf: bool,
    /// Answers no REGISTER.
    pub(crate) no_registrar: bool,
    /// Refuse re-INVITEs with this status.
    pub(crate) refuses_reoffers: Option<u16>,
    /// Leave re-INVITEs unanswered.
    pub(crate) ignores_reoffers: bool,
    /// The far end's own wish for audio.
    pub(crate) wish: Direction,
    /// REGISTER requests seen, with the Expires asked for.
    pub(crate) registers: Vec<u32>,
    /// Digits that arrived.
    pub(crate) digits: String,
}

impl Server {
    pub(crate) fn new() -> Self {
        let mut config = Config::new(
            Uri::parse("sip:+918040408080@sandbox.test").unwrap(),
            Secret::new(""),
        );
        config.registrar = None;
        config.keep_alive = None;
        config.transport = Transport::Ws;
        config.display_name = Some(String::from("Ravi"));
        Self {
            ua: UserAgent::new(config, [42; 32]),
            out: Vec::new(),
            events: Vec::new(),
            password: "s3cret",
            refuses: None,
            deaf: false,
            no_registrar: false,
            refuses_reoffers: None,
            ignores_reoffers: false,
            wish: Direction::SendRecv,
            registers: Vec::new(),
            digits: String::new(),
        }
    }

    /// A frame from the phone.
    pub(crate) fn frame(&mut self, now: u64, text: &str) {
        if self.deaf {
            return;
        }
        if text == "\r\n\r\n" {
            self.out.push(String::from("\r\n"));
            return;
        }
        match Message::parse(text.as_bytes()) {
            Ok(Message::Request(request)) if request.method == Method::Register => {
                self.register(now, &request)
            }
            Ok(_) => self.ua.frame(Instant(now), text.as_bytes()),
            Err(error) => panic!("the phone wrote {error:?}:\n{text}"),
        }
        self.drain(now);
    }

    /// Takes what the user agent has to say and does what a plain far end does by itself.
    pub(crate) fn drain(&mut self, now: u64) {
        while let Some(output) = self.ua.poll() {
            match output {
                sip::Output::Send(_) if self.deaf => {}
                sip::Output::Send(text) => self.out.push(text),
                sip::Output::Event(event) => {
                    self.events.push(event.clone());
                    self.react(now, event);
                }
            }
        }
    }

    fn react(&mut self, now: u64, event: Event) {
        let at = Instant(now);
        match event {
            Event::Reoffer { .. } if self.ignores_reoffers => {}
            Event::Reoffer { id, sdp } => match (self.refuses_reoffers, sdp) {
                (Some(status), _) => self.ua.reject_reoffer(at, id, status).unwrap(),
                (None, Some(offer)) => self
                    .ua
                    .accept_reoffer(at, id, page::answer(&offer, self.wish))
                    .unwrap(),
                (None, None) => self.ua.accept_reoffer(at, id, page::offer(self.wish)).unwrap(),
            },
            Event::Info { body, .. } => {
                let digit = body
                    .lines()
                    .find_map(|line| line.strip_prefix("Signal="))
                    .unwrap();
                self.digits.push_str(digit.trim());
            }
            _ => {}
        }
    }

    fn register(&mut self, now: u64, request: &Request) {
        if self.no_registrar {
            return;
        }
        let contact = request.headers.typed::<Contact>().unwrap().unwrap();
        let expires = contact.expires().unwrap();
        let known = match request.headers.typed::<Authorization>() {
            Some(Ok(Authorization(credentials))) => {
                verify(&credentials, &request.method, &Secret::new(self.password))
            }
            _ => false,
        };
        let reply = match (self.refuses, known) {
            (Some((status, retry_after)), _) => {
                let mut reply = request.reply(status);
                if let Some(seconds) = retry_after {
                    reply.headers.push(&RetryAfter(seconds));
                }
                reply
            }
            (None, false) => {
                let mut reply = request.reply(401);
                let nonce = format!(
                    "{now}-{}",
                    request.headers.typed::<CSeq>().unwrap().unwrap().number
                );
                for challenge in issue(
                    "sandbox.test",
                    &nonce,
                    &[Algorithm::Sha256, Algorithm::Md5],
                    false,
                ) {
                    reply.headers.push(&WwwAuthenticate(challenge));
                }
                reply
            }
            (None, true) => {
                self.registers.push(expires);
                let mut reply = request.reply(200);
                reply.headers.push(&contact);
                reply
            }
        };
        if !self.deaf {
            self.out.push(reply.to_text());
        }
    }
}
