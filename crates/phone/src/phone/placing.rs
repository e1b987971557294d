//! Calls placed through the platform: the click, the replies, and the INVITE that may be ours.

use super::Phone;
use crate::call::Phase;
use crate::call::placing::{self, Door, Knock, Placing};
use crate::call::told::ARRIVAL_LIMIT;
use crate::view::{MissedView, Peer, Refusal, Way};
use crate::{EndReason, Millis, Output, PageId, dial};

impl Phone {
    pub(super) fn place(
        &mut self,
        now: Millis,
        page: PageId,
        key: String,
        number: &str,
    ) -> Result<(), Refusal> {
        self.make_room(now)?;
        if !self.link.ready() {
            return Err(Refusal::NotReady);
        }
        let number = dial::bare(number).to_owned();
        if number.is_empty() {
            return Err(Refusal::BadNumber);
        }
        let peer = Peer {
            name: None,
            number: number.clone(),
            uri: String::new(),
        };
        let phase = placing::placing(page, key.clone(), now);
        self.call = Some(self.new_call(now, Way::Out, peer, phase));
        self.out.push(Output::Place { page, key, number });
        Ok(())
    }

    /// The call placed by that click, unless it is over.
    fn placing(&self, key: &str) -> Option<&Placing> {
        self.call.as_ref().and_then(|call| match &call.phase {
            Phase::Placing(placing) if placing.key == key => Some(placing),
            Phase::Placing(_)
            | Phase::Announced { .. }
            | Phase::Drafting { .. }
            | Phase::Calling { .. }
            | Phase::Incoming(_)
            | Phase::Answering { .. }
            | Phase::Talking { .. }
            | Phase::Ending { .. } => None,
        })
    }

    pub(super) fn placed(&mut self, now: Millis, key: &str, sid: String) {
        // A leg that came and went before anybody knew that it was ours.
        let its = |missed: &MissedView| missed.call_sid.as_ref() == Some(&sid);
        if let Some(at) = self.missed.iter().position(its) {
            self.missed.remove(at);
        }
        if self.placing(key).is_some() {
            let mut rest = Vec::new();
            self.with_call(now, |call, cx| placing::placed(call, cx, sid, &mut rest));
            self.admit_all(now, rest);
            self.tell_again(now);
        } else if self.current_sid() != Some(sid.as_str()) {
            // Over before the reply came: its leg, if it still comes, is not wanted.
            self.unwanted(now, sid);
        } else {
            self.with_call(now, placing::too_late);
        }
    }

    pub(super) fn place_refused(&mut self, now: Millis, key: &str, words: String) {
        if self.placing(key).is_some() {
            let mut rest = Vec::new();
            self.with_call(now, |call, _| placing::refused(call, words, &mut rest));
            self.admit_all(now, rest);
        }
    }

    pub(super) fn place_unknown(&mut self, now: Millis, key: &str, words: String) {
        if self.placing(key).is_some() {
            let mut rest = Vec::new();
            self.with_call(now, |call, cx| placing::unknown(call, cx, words, &mut rest));
            self.admit_all(now, rest);
        }
    }

    /// What the attempt being made, if there is one, makes of an INVITE.
    pub(super) fn door(&self, sid: Option<&str>) -> Option<Door> {
        let call = self.call.as_ref()?;
        match &call.phase {
            Phase::Placing(placing) => {
                let ours = call.facts.call_sid.as_deref();
                Some(placing.ask.door(sid, ours, self.book.way(sid)))
            }
            Phase::Announced { .. }
            | Phase::Drafting { .. }
            | Phase::Calling { .. }
            | Phase::Incoming(_)
            | Phase::Answering { .. }
            | Phase::Talking { .. }
            | Phase::Ending { .. } => None,
        }
    }

    /// An INVITE that waits, and is meant, waits no longer.
    pub(super) fn let_go(&mut self, now: Millis, meant: impl Fn(&Knock) -> bool) -> Option<Knock> {
        let mut gone = None;
        self.with_call(now, |call, cx| {
            gone = placing::let_go(call, cx, meant);
            crate::call::Next::On
        });
        gone
    }

    /// The leg of this call is refused when it comes, once.
    pub(super) fn unwanted(&mut self, now: Millis, sid: String) {
        const MOST: usize = 16;
        if self.unwanted.len() >= MOST {
            self.unwanted.remove(0);
        }
        self.unwanted.push((sid, now + ARRIVAL_LIMIT));
    }

    /// Whether that call's leg is to be refused; asked when it comes.
    pub(super) fn take_unwanted(&mut self, now: Millis, sid: &str) -> bool {
        let wanted = |(unwanted, until): &(String, Millis)| unwanted == sid && *until > now;
        let at = self.unwanted.iter().position(wanted);
        at.map(|at| self.unwanted.remove(at)).is_some()
    }

    /// A call that only waits for somebody's last word does not stand in the way of another.
    pub(super) fn make_room(&mut self, now: Millis) -> Result<(), Refusal> {
        self.clear_ending(now);
        self.with_call(now, |call, _| match &call.phase {
            Phase::Placing(Placing { ask, .. }) if ask.state() == crate::CallState::Ending => {
                crate::call::Next::Over(EndReason::Cancelled)
            }
            // The agent has something better to do; its leg, if it comes, finds the line busy.
            Phase::Announced { .. } => crate::call::Next::Gone,
            Phase::Placing(_)
            | Phase::Drafting { .. }
            | Phase::Calling { .. }
            | Phase::Incoming(_)
            | Phase::Answering { .. }
            | Phase::Talking { .. }
            | Phase::Ending { .. } => crate::call::Next::On,
        });
        self.call.is_none().then_some(()).ok_or(Refusal::InCall)
    }
}
