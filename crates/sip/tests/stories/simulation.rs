//! Two agents under random commands, delays and cuts: nothing panics, every call ends on both sides, nothing is left
//! over, and both agree on who holds whom whenever they are at rest.

use sip::{CallId, Entropy, Event, Instant};

use crate::pair::{Pair, Side, sdp, uri};

const DIRECTIONS: [&str; 4] = ["sendrecv", "sendonly", "recvonly", "inactive"];

/// What one host believes about its calls.
#[derive(Default)]
struct Host {
    live: Vec<CallId>,
    asked: Vec<CallId>,
    started: usize,
    ended: usize,
    answered: usize,
    changed: usize,
}

impl Host {
    fn note(&mut self, event: &Event) {
        match event {
            Event::Incoming { id, .. } => {
                self.live.push(*id);
                self.started += 1;
            }
            Event::Reoffer { id, .. } => self.asked.push(*id),
            Event::Answered { .. } => self.answered += 1,
            Event::Reanswered { .. } => self.changed += 1,
            Event::Ended { id, .. } => {
                let before = self.live.len();
                self.live.retain(|live| live != id);
                assert_eq!(self.live.len() + 1, before, "ended twice, or never began");
                self.asked.retain(|asked| asked != id);
                self.ended += 1;
            }
            _ => {}
        }
    }
}

struct World {
    pair: Pair,
    dice: Entropy,
    hosts: [Host; 2],
    connected: bool,
}

impl World {
    fn new(seed: u8) -> Self {
        let mut key = [seed; 32];
        key[1] = 77;
        Self {
            pair: Pair::with_seed(seed),
            dice: Entropy::new(key),
            hosts: [Host::default(), Host::default()],
            connected: true,
        }
    }

    fn collect(&mut self) {
        for (side, at) in [(Side::A, 0), (Side::B, 1)] {
            for event in self.pair.take(side) {
                self.hosts[at].note(&event);
            }
        }
    }

    fn pick(&mut self, calls: &[CallId]) -> Option<CallId> {
        let at = self.dice.below(u32::try_from(calls.len()).unwrap());
        calls.get(at as usize).copied()
    }

    fn act(&mut self) {
        let (side, at) = if self.dice.below(2) == 0 {
            (Side::A, 0)
        } else {
            (Side::B, 1)
        };
        let now = self.pair.now;
        let direction = DIRECTIONS[self.dice.below(4) as usize];
        let live = self.hosts[at].live.clone();
        let call = self.pick(&live);
        let what = self.dice.below(100);
        // Commands that do not fit the moment are refused with an error, which is part of what is tried here.
        match (what, call) {
            (0..20, _) if live.len() < 3 => {
                if let Ok(id) = self
                    .pair
                    .ua(side)
                    .invite(now, uri("sip:x@example.com"), sdp("sendrecv"), &[])
                {
                    self.hosts[at].live.push(id);
                    self.hosts[at].started += 1;
                }
            }
            (20..30, Some(id)) => drop(self.pair.ua(side).ring(now, id)),
            (30..50, Some(id)) => drop(self.pair.ua(side).answer(now, id, sdp("sendrecv"))),
            (50..53, Some(id)) => drop(self.pair.ua(side).reject(now, id, 486, None)),
            (53..60, Some(id)) => drop(self.pair.ua(side).hang_up(now, id, None)),
            (60..70, Some(id)) => drop(self.pair.ua(side).reoffer(now, id, sdp(direction))),
            (70..85, _) => {
                let asked = std::mem::take(&mut self.hosts[at].asked);
                for id in asked {
                    let _ = if self.dice.below(5) == 0 {
                        self.pair.ua(side).reject_reoffer(now, id, 488)
                    } else {
                        self.pair.ua(side).accept_reoffer(now, id, sdp(direction))
                    };
                }
            }
            (85..90, Some(id)) => drop(self.pair.ua(side).digit(now, id, '7', 100)),
            (90..93, _) if self.connected => {
                self.pair.cut();
                self.connected = false;
            }
            (93..100, _) if !self.connected => {
                self.pair.connect();
                self.connected = true;
            }
            _ => {}
        }
        self.pair.latency = u64::from(self.dice.below(300));
        let pause = match self.dice.below(10) {
            0 => 20_000,
            1..4 => 2_000,
            _ => 50,
        };
        let pause = u64::from(self.dice.below(pause));
        self.pair.run(pause);
        self.collect();
    }

    fn finish(&mut self) {
        if !self.connected {
            self.pair.connect();
        }
        self.pair.run(10_000);
        self.collect();
        for (side, at) in [(Side::A, 0), (Side::B, 1)] {
            for id in self.hosts[at].live.clone() {
                let now = self.pair.now;
                let _ = self.pair.ua(side).hang_up(now, id, None);
            }
        }
        self.pair.run(200_000);
        self.collect();
        for host in &self.hosts {
            assert!(host.live.is_empty(), "a call never ended: {:?}", host.live);
            assert_eq!(host.started, host.ended);
        }
        assert!(
            self.pair.a.is_idle() && self.pair.b.is_idle(),
            "something is left over"
        );
        assert_eq!(self.pair.a.next_timeout().map(|Instant(at)| at), None);
    }
}

#[test]
fn any_schedule_comes_to_rest() {
    let (mut calls, mut answered, mut changed) = (0, 0, 0);
    for seed in 0..200 {
        let mut world = World::new(seed);
        for _ in 0..120 {
            world.act();
        }
        world.finish();
        for host in &world.hosts {
            (calls, answered, changed) = (
                calls + host.started,
                answered + host.answered,
                changed + host.changed,
            );
        }
    }
    // The schedules must really reach the deep states.
    assert!(
        calls > 1_000 && answered > 200 && changed > 100,
        "{calls} calls, {answered} answered, {changed} changed"
    );
}

/// One call, re-offers from both sides at random moments, no cuts: at rest both sides tell the same story.
#[test]
fn both_sides_agree_who_holds_whom() {
    for seed in 0..100 {
        let mut pair = Pair::with_seed(seed);
        let mut dice = Entropy::new([seed ^ 0x55; 32]);
        let (a, b) = pair.talking();
        for _ in 0..15 {
            pair.latency = u64::from(dice.below(200));
            for (side, id) in [(Side::A, a), (Side::B, b)] {
                if dice.below(2) == 0 {
                    let wish = ["sendrecv", "sendonly"][dice.below(2) as usize];
                    let now = pair.now;
                    let _ = pair.ua(side).reoffer(now, id, sdp(wish));
                }
            }
            for _ in 0..40 {
                pair.run(250);
                for (side, id) in [(Side::A, a), (Side::B, b)] {
                    for event in pair.take(side) {
                        let Event::Reoffer { sdp: Some(offer), .. } = event else {
                            continue;
                        };
                        let held = offer.contains("sendonly");
                        let now = pair.now;
                        let answer = sdp(if held { "recvonly" } else { "sendrecv" });
                        pair.ua(side).accept_reoffer(now, id, answer).unwrap();
                    }
                }
            }
            let (one, other) = (pair.a.session(a).unwrap(), pair.b.session(b).unwrap());
            assert!(one.is_stable() && other.is_stable(), "seed {seed}");
            assert_eq!(
                (one.local_hold(), one.remote_hold()),
                (other.remote_hold(), other.local_hold()),
                "seed {seed}"
            );
        }
        pair.a.hang_up(pair.now, a, None).unwrap();
        pair.assert_over();
    }
}
