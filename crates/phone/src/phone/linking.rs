//! Carrying out what the link asks for.

use super::Phone;
use crate::agent::Agent;
use crate::call::{recovery, signals};
use crate::link::{Act, Failure, Link, Next};
use crate::{Mark, Millis, Output};

/// What the link can be used for; see the methods of [`Link`] with these names.
#[derive(Clone, Copy)]
struct Abilities {
    flow: bool,
    usable: bool,
    ready: bool,
}

impl Phone {
    /// Runs a transition of the link and what follows from it.
    // By reference, so that it is there once: there are many transitions, and every byte is downloaded.
    pub(super) fn relink(&mut self, now: Millis, transition: &mut dyn FnMut(&mut Link, Millis, u64) -> Act) {
        let before = self.abilities();
        let random = self.entropy.jitter();
        let act = transition(&mut self.link, now, random);
        self.follow(now, before, act);
    }

    /// The server did not register us.
    pub(super) fn register_failed(&mut self, now: Millis, failure: Failure) {
        let before = self.abilities();
        let random = self.entropy.jitter();
        let act = self.link.failed(now, failure, self.call.is_some(), random);
        self.follow(now, before, act);
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            flow: self.link.flow(),
            usable: self.link.usable(),
            ready: self.link.ready(),
        }
    }

    fn follow(&mut self, now: Millis, before: Abilities, act: Act) {
        let Abilities { flow, usable, ready } = before;
        if ready && !self.link.ready() {
            self.out.push(Output::Mark(Mark::PhoneLost));
        }
        if flow && !self.link.flow() {
            if let Some(agent) = &mut self.agent {
                agent.ua.disconnected(sip::Instant(now));
            }
            self.with_call(now, signals::flow_lost);
        }
        if !flow
            && self.link.flow()
            && let Some(agent) = &mut self.agent
        {
            agent.ua.connected(sip::Instant(now));
        }
        match act {
            Act::None => {}
            Act::Open => {
                if let Some(agent) = &self.agent {
                    let server = agent.server(self.link.failures());
                    self.out.push(Output::Connect(server.to_owned()));
                }
            }
            Act::Close => self.out.push(Output::Close),
            Act::Register => {
                if let Some(agent) = &mut self.agent {
                    agent.ua.register(sip::Instant(now));
                }
            }
            Act::Depart(next) => self.depart(now, next),
        }
        if !ready && self.link.ready() {
            self.out.push(Output::Mark(Mark::PhoneReady));
            if !usable {
                self.flow_is_back(now);
            }
        }
    }

    /// A registered flow after a time without: settle what waited for it.
    fn flow_is_back(&mut self, now: Millis) {
        if let Some((_, cx)) = &mut self.lend(now) {
            for leg in core::mem::take(cx.owed) {
                cx.hang_up(leg);
            }
        }
        self.with_call(now, recovery::refresh);
    }

    /// Tells the server that we go, and goes on with `next` when it has answered or the wait is over.
    pub(super) fn sign_out(&mut self, now: Millis, next: Next) {
        // Twice: a caller who waited for the end of the first call may ring now.
        for _ in 0..2 {
            self.with_call(now, signals::agent_hangs_up);
            let _ = self.make_room(now);
        }
        if let Some(agent) = self.agent.as_mut().filter(|_| self.link.flow()) {
            agent.ua.unregister(sip::Instant(now));
        }
        if let Some((_, cx)) = &mut self.lend(now) {
            cx.flush();
        }
        let before = self.abilities();
        let act = self.link.leave(now, next);
        self.follow(now, before, act);
    }

    /// The old account is gone; its password with it.
    fn depart(&mut self, now: Millis, next: Next) {
        self.call = None;
        self.events.clear();
        if self.agent.take().is_some() {
            self.out.push(Output::Close);
        }
        match next {
            Next::Idle => self.unmask(),
            Next::Refused(fault) => self.link = Link::Refused { fault, flow: false },
            Next::Account(account) => match Agent::new(*account, self.entropy.agent_seed(), &self.instance) {
                Ok(agent) => {
                    self.agent = Some(agent);
                    self.relink(now, &mut |link, now, _| link.start(now));
                }
                Err(fault) => self.link = Link::Refused { fault, flow: false },
            },
        }
    }
}
