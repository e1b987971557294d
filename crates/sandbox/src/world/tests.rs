//! The world against user agents in memory, on a virtual clock.

use sip::{Config, Event, Instant, Secret, Transport, Uri, UserAgent};

use super::*;

/// An offer whose media nobody listens to.
const SDP: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n\
    c=IN IP4 0.0.0.0\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n";

struct Phone {
    ua: UserAgent,
    flow: FlowNo,
    events: Vec<Event>,
}

/// Two phones and the world, with nothing between them.
struct Stage {
    world: World,
    phones: Vec<Phone>,
    now: Instant,
}

impl Stage {
    fn new(users: &[&str]) -> Self {
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
        };
        for (index, user) in users.iter().enumerate() {
            let address = Uri::parse(&format!("sip:{user}@sandbox.test")).unwrap();
            let config = Config {
                transport: Transport::Ws,
                instance: format!("urn:uuid:{index}"),
                keep_alive: None,
                ..Config::new(address, Secret::new("secret"))
            };
            let flow = FlowNo(index as u32 + 1);
            stage.world.opened(flow);
            let mut ua = UserAgent::new(config, [index as u8; 32]);
            ua.connected(stage.now);
            ua.register(stage.now);
            stage.phones.push(Phone {
                ua,
                flow,
                events: Vec::new(),
            });
            stage.settle();
        }
        stage
    }

    /// Carries frames to and fro until nobody has more to say.
    fn settle(&mut self) {
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
                if let Output::Send(flow, text) = output
                    && let Some(phone) = self.phones.iter_mut().find(|phone| phone.flow == flow)
                {
                    phone.ua.frame(self.now, text.as_bytes());
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// Lets time pass for the world alone.
    fn pass(&mut self, ms: u64) {
        let end = Instant(self.now.0 + ms);
        while let Some(at) = self.world.next_timeout().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.world.timeout(self.now);
            self.settle();
        }
        self.now = end;
    }

    fn state(&self) -> serde_json::Value {
        serde_json::to_value(self.world.snapshot(self.now, |_| (0, 0))).unwrap()
    }

    /// Phone 0 calls phone 1, who answers.
    fn talk(&mut self) -> sip::CallId {
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

    fn lose(&mut self, phone: usize) {
        let flow = self.phones[phone].flow;
        self.phones[phone].ua.disconnected(self.now);
        self.world.closed(self.now, flow);
        self.settle();
    }

    fn ended(&self, phone: usize) -> bool {
        self.phones[phone]
            .events
            .iter()
            .any(|event| matches!(event, Event::Ended { .. }))
    }
}

#[test]
fn a_registration_that_is_not_refreshed_runs_out() {
    let mut stage = Stage::new(&["asha"]);
    assert_eq!(stage.state()["agents"][0]["registered"], true);
    stage.pass(299_000);
    assert_eq!(stage.state()["agents"][0]["registered"], true);
    stage.pass(2_000);
    assert_eq!(stage.state()["agents"][0]["registered"], false);
}

#[test]
fn a_call_waits_a_minute_for_its_phone_and_no_longer() {
    let mut stage = Stage::new(&["asha", "ravi"]);
    stage.talk();
    assert_eq!(stage.state()["calls"][0]["state"], "up");
    stage.lose(0);
    stage.pass(59_000);
    assert_eq!(stage.state()["calls"][0]["state"], "up");
    assert!(!stage.ended(1));
    stage.pass(2_000);
    assert_eq!(stage.state()["calls"][0]["ended"], "The phone did not come back");
    assert!(stage.ended(1), "the other phone was not told");
}

#[test]
fn a_phone_that_comes_back_finds_its_call() {
    let mut stage = Stage::new(&["asha", "ravi"]);
    let call = stage.talk();
    stage.lose(0);
    stage.pass(30_000);
    let flow = FlowNo(9);
    stage.world.opened(flow);
    stage.phones[0].flow = flow;
    stage.phones[0].ua.connected(stage.now);
    stage.phones[0].ua.register(stage.now);
    stage.settle();
    stage.pass(45_000);
    assert!(!stage.ended(1));
    stage.phones[0].ua.hang_up(stage.now, call, None).unwrap();
    stage.settle();
    assert!(stage.ended(1));
    assert_eq!(stage.state()["calls"][0]["state"], "ended");
}

#[test]
fn legs_are_forgotten_once_nothing_can_be_under_way() {
    let mut stage = Stage::new(&["asha", "ravi"]);
    let call = stage.talk();
    stage.phones[0].ua.hang_up(stage.now, call, None).unwrap();
    stage.settle();
    assert_eq!(stage.world.legs.len(), 2);
    stage.pass(LINGER);
    assert_eq!(stage.world.legs.len(), 0);
    assert_eq!(stage.world.calls.len(), 0);
}

#[test]
fn another_agents_frames_do_not_reach_a_dialog() {
    let mut stage = Stage::new(&["asha", "ravi", "meera"]);
    stage.talk();
    let call_id = stage.world.legs.values().next().unwrap().call_id.clone();
    let bye = format!(
        "BYE sip:asha@sandbox.test SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bKevil\r\n\
         From: <sip:x@sandbox.test>;tag=1\r\nTo: <sip:y@sandbox.test>;tag=2\r\nCall-ID: {call_id}\r\n\
         CSeq: 9 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
    );
    stage.world.frame(stage.now, FlowNo(3), bye.as_bytes());
    let reply = stage.world.poll();
    assert!(
        matches!(&reply, Some(Output::Send(FlowNo(3), text)) if text.starts_with("SIP/2.0 481")),
        "{reply:?}"
    );
    assert_eq!(stage.state()["calls"][0]["state"], "up");
}
