//! A stage for stories: phones as user agents in memory, media that always agrees, webhooks that are always taken.

use sip::{Config, Event, Instant, Secret, Transport, Uri, UserAgent};

use super::*;

/// An offer whose media nobody listens to.
pub(super) const SDP: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n\
    c=IN IP4 0.0.0.0\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n";

pub(super) struct Phone {
    pub(super) ua: UserAgent,
    pub(super) flow: FlowNo,
    pub(super) events: Vec<Event>,
}

/// Two phones and the world, with nothing between them.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) phones: Vec<Phone>,
    pub(super) now: Instant,
    /// Every webhook that went out, with its moment; each was answered 200.
    pub(super) hooks: Vec<(u64, Outgoing)>,
    /// What dial-whom will be answered, in turn; without one it is not answered.
    pub(super) answers: VecDeque<(u16, String)>,
}

impl Stage {
    pub(super) fn new(users: &[&str]) -> Self {
        let accounts = users.iter().map(|user| Account {
            user: (*user).to_owned(),
            display: (*user).to_owned(),
            password: String::from("secret"),
        });
        let accounts: Vec<_> = accounts.collect();
        let platform = Platform::demo(&accounts, [4; 32], 1_790_000_000_000);
        let mut stage = Self {
            world: World::new(accounts, platform, [3; 32]),
            phones: Vec::new(),
            now: Instant(1_000),
            hooks: Vec::new(),
            answers: VecDeque::new(),
        };
        for (index, user) in users.iter().enumerate() {
            let flow = FlowNo(index as u32 + 1);
            let phone = stage.register(user, index, flow);
            stage.phones.push(phone);
            stage.settle();
        }
        stage
    }

    /// A phone that knows of no call, about to register on a new socket.
    fn register(&mut self, user: &str, index: usize, flow: FlowNo) -> Phone {
        let address = Uri::parse(&format!("sip:{user}@sandbox.test")).unwrap();
        let config = Config {
            transport: Transport::Ws,
            instance: format!("urn:uuid:{index}"),
            keep_alive: None,
            ..Config::new(address, Secret::new("secret"))
        };
        self.world.opened(flow);
        let mut ua = UserAgent::new(config, [flow.0 as u8; 32]);
        ua.connected(self.now);
        ua.register(self.now);
        let events = Vec::new();
        Phone { ua, flow, events }
    }

    /// The same device begins anew, with nothing in its memory.
    pub(super) fn restart(&mut self, phone: usize) {
        let user = self.world.accounts[phone].user.clone();
        self.phones[phone] = self.register(&user, phone, FlowNo(90));
        self.settle();
    }

    /// Carries frames to and fro until nobody has more to say.
    pub(super) fn settle(&mut self) {
        loop {
            let mut moved = false;
            for phone in &mut self.phones {
                while let Some(output) = phone.ua.poll() {
                    moved = true;
                    match output {
                        sip::Output::Send(text) => self.world.frame(self.now, phone.flow, text.as_bytes()),
                        sip::Output::Event(event) => phone.events.push(event),
                    }
                }
            }
            while let Some(output) = self.world.poll() {
                moved = true;
                self.carry_out(output);
            }
            if !moved {
                return;
            }
        }
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Send(flow, text) => {
                if let Some(phone) = self.phones.iter_mut().find(|phone| phone.flow == flow) {
                    phone.ua.frame(self.now, text.as_bytes());
                }
            }
            // Media peers that always have an offer ready.
            Output::Media(peer, media::Command::Offer(_)) => {
                self.world
                    .media(self.now, peer, media::Event::Offer(SDP.to_owned()));
            }
            Output::Media(peer, media::Command::Accept(_)) => {
                self.world
                    .media(self.now, peer, media::Event::Answer(SDP.to_owned()));
            }
            Output::Http(ticket, request) => {
                self.hooks.push((self.now.0, request));
                let answer = match ticket {
                    HttpTicket::Webhook(_) => Some((200, String::new())),
                    HttpTicket::DialWhom(_) => self.answers.pop_front(),
                };
                let Some((status, body)) = answer else { return };
                let result = Ok((status, body.into_bytes()));
                self.world.http_answered(self.now, ticket, result);
            }
            Output::Media(..)
            | Output::Garbage(..)
            | Output::Cut(_)
            | Output::OpenPeer(..)
            | Output::ClosePeer(_) => {}
        }
    }

    /// Lets time pass for the world alone.
    pub(super) fn pass(&mut self, ms: u64) {
        let end = Instant(self.now.0 + ms);
        while let Some(at) = self.world.next_timeout().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.world.timeout(self.now);
            self.settle();
        }
        self.now = end;
    }

    pub(super) fn state(&self) -> serde_json::Value {
        serde_json::to_value(self.world.snapshot(self.now, |_| (0, 0))).unwrap()
    }

    /// Phone 0 calls phone 1, who answers.
    pub(super) fn talk(&mut self) -> sip::CallId {
        let target = Uri::parse("sip:ravi@sandbox.test").unwrap();
        let out = self.phones[0]
            .ua
            .invite(self.now, target, SDP.to_owned(), &[])
            .unwrap();
        self.settle();
        let id = self.phones[1].events.iter().find_map(|event| match event {
            Event::Incoming { id, .. } => Some(*id),
            _ => None,
        });
        self.phones[1]
            .ua
            .answer(self.now, id.unwrap(), SDP.to_owned())
            .unwrap();
        self.settle();
        out
    }

    pub(super) fn lose(&mut self, phone: usize) {
        let flow = self.phones[phone].flow;
        self.phones[phone].ua.disconnected(self.now);
        self.world.closed(self.now, flow);
        self.settle();
    }

    pub(super) fn ended(&self, phone: usize) -> bool {
        self.phones[phone]
            .events
            .iter()
            .any(|event| matches!(event, Event::Ended { .. }))
    }
}
