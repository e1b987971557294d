//! What the agent asks for.

use super::Phone;
use crate::call::digits::{Digits, TONE};
use crate::call::{Talking, incoming, outgoing, signals};
use crate::link::{Link, Next};
use crate::view::{Refusal, Way};
use crate::{Account, Command, MediaRequest, Millis, PageId, agent, dial};

impl Phone {
    pub(super) fn command(&mut self, now: Millis, page: PageId, command: Command) {
        self.refusal = None;
        let current = self.call.as_ref().map(|call| call.facts.id);
        if command.call().is_some_and(|id| current != Some(id)) {
            // A click on a call that ended meanwhile.
            return;
        }
        match command {
            Command::Connect(account) => self.connect(now, account),
            Command::Disconnect => self.sign_out(now, Next::Idle),
            Command::Retry => {
                if self.agent.is_some() {
                    self.relink(now, &mut |link, now, _| link.retry(now));
                }
            }
            Command::Dial(text) => self.refusal = self.dial(now, page, &text).err(),
            Command::Place { key, number } => self.refusal = self.place(now, page, key, &number).err(),
            Command::Placed { key, sid } => self.placed(now, &key, sid),
            Command::PlaceRefused { key, words } => self.place_refused(now, &key, words),
            Command::PlaceUnknown { key, words } => self.place_unknown(now, &key, words),
            Command::Answer(_) => {
                self.with_call(now, |call, cx| incoming::answer(call, cx, page));
            }
            Command::Decline(_) => {
                self.with_call(now, incoming::decline);
            }
            Command::HangUp(_) => self.with_call(now, signals::agent_hangs_up),
            Command::Mute(_, muted) => self.mute(now, muted),
            Command::Hold(_, on) => {
                self.with_call(now, |call, cx| signals::hold(call, cx, on));
            }
            Command::Digit(_, digit) => self.digit(now, digit),
            Command::Dismiss(id) => self.ended = self.ended.take().filter(|ended| ended.id != id),
            Command::MissedSeen => self.missed.iter_mut().for_each(|missed| missed.seen = true),
        }
    }

    fn connect(&mut self, now: Millis, account: Account) {
        let same = self.agent.as_ref().is_some_and(|agent| agent.account == account);
        match self.link {
            // A second page signs in as the first one did: nothing may be torn down for that.
            Link::Connecting { .. }
            | Link::Registering { .. }
            | Link::Ready { .. }
            | Link::Waiting { .. }
            | Link::Offline { .. }
                if same =>
            {
                return;
            }
            Link::Idle
            | Link::Connecting { .. }
            | Link::Registering { .. }
            | Link::Ready { .. }
            | Link::Waiting { .. }
            | Link::Offline { .. }
            | Link::Refused { .. }
            | Link::Leaving { .. } => {}
        }
        let next = match agent::check(&account) {
            Ok(_) => Next::Account(Box::new(account)),
            Err(fault) => Next::Refused(fault),
        };
        self.sign_out(now, next);
    }

    fn dial(&mut self, now: Millis, page: PageId, text: &str) -> Result<(), Refusal> {
        self.make_room(now)?;
        let agent = self
            .agent
            .as_ref()
            .filter(|_| self.link.ready())
            .ok_or(Refusal::NotReady)?;
        let target = dial::target(text, &agent.domain).ok_or(Refusal::BadNumber)?;
        let target = agent::sip_uri(&target).ok_or(Refusal::BadNumber)?;
        let peer = agent::peer(None, &target);
        let mut call = self.new_call(now, Way::Out, peer, outgoing::drafting(page, target, now));
        let Some((_, mut cx)) = self.lend(now) else {
            return Err(Refusal::NotReady);
        };
        outgoing::dial(&mut call, &mut cx, page);
        self.call = Some(call);
        Ok(())
    }

    fn mute(&mut self, now: Millis, muted: bool) {
        self.with_call(now, |call, cx| {
            // Before our own leg of a call through the platform there is no voice to stop.
            if let Some(owner) = call.phase.owner().filter(|_| !call.phase.is_placing()) {
                call.facts.muted = muted;
                let request = MediaRequest::Mute {
                    call: call.facts.id,
                    muted,
                };
                call.facts.ask(cx, owner, request);
            }
            crate::call::Next::On
        });
    }

    fn digit(&mut self, now: Millis, digit: char) {
        let usable = self.link.usable();
        let pressed = match (&mut self.call, Digits::key(digit)) {
            (Some(call), Some(key)) if usable && call.phase.takes_digits() => call.facts.digits.press(key),
            _ => false,
        };
        if pressed {
            self.pump_digits(now);
        } else {
            self.refusal = Some(Refusal::DigitRefused);
        }
    }

    /// Sends the next digit if its turn has come.
    pub(super) fn pump_digits(&mut self, now: Millis) {
        self.with_call(now, |call, cx| {
            if let Some(Talking { talk, facts, .. }) = call.talking()
                && let Some(key) = facts.digits.next(cx.now)
            {
                if !cx.usable || cx.ua.digit(cx.at(), talk.leg, key, TONE).is_err() {
                    facts.digits.failed();
                    cx.refuse(Refusal::DigitRefused);
                }
                cx.flush();
            }
            crate::call::Next::On
        });
    }
}
