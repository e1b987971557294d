//! An INVITE has come: it rings, is answered at once, waits, or is refused.

use super::Phone;
use super::missed::Caller;
use crate::call::phase::{RingEnd, Ringing};
use crate::call::placing::{self, Door, Knock, given_up};
use crate::call::{Next, Phase, incoming};
use crate::link::Link;
use crate::view::Way;
use crate::{EndReason, LegReport, Millis, mask};

impl Phone {
    pub(super) fn admit_all(&mut self, now: Millis, knocks: Vec<Knock>) {
        for knock in knocks {
            self.admit(now, knock);
        }
    }

    pub(super) fn admit(&mut self, now: Millis, knock: Knock) {
        let sid = knock.sid.as_deref();
        if let Some(sid) = sid
            && self.take_unwanted(now, sid)
        {
            let sid = sid.to_owned();
            self.turn_away(now, &knock, 486);
            return self.report(sid, LegReport::Declined);
        }
        match self.door(sid) {
            // Own leg of a call that was placed elsewhere.
            None | Some(Door::Busy) if self.book.way(sid) == Some(Way::Out) && !self.in_doubt() => {
                return self.turn_away(now, &knock, 480);
            }
            None | Some(Door::Busy) => {}
            Some(Door::Ours) => {
                return self.with_call(now, |call, cx| placing::own_leg(call, cx, knock));
            }
            Some(Door::Wait) => return self.with_call(now, |call, cx| placing::wait(call, cx, knock)),
            Some(Door::Room) => self.with_call(now, |call, _| match &call.phase {
                Phase::Placing(attempt) => Next::Over(given_up(&attempt.ask)),
                Phase::Announced { .. }
                | Phase::Drafting { .. }
                | Phase::Calling { .. }
                | Phase::Incoming(_)
                | Phase::Answering { .. }
                | Phase::Talking { .. }
                | Phase::Ending { .. } => Next::On,
            }),
        }
        self.ring(now, knock);
    }

    /// An attempt ended without anybody knowing whether it was placed, and the screen says that its leg may still ring.
    pub(super) fn in_doubt(&self) -> bool {
        let ended = self.ended.as_ref().map(|ended| &ended.reason);
        matches!(ended, Some(EndReason::PlaceUnknown { .. }))
    }

    fn ring(&mut self, now: Millis, knock: Knock) {
        let Some(call) = &self.call else {
            return self.begin(now, knock);
        };
        match &call.phase {
            Phase::Announced { .. } if call.facts.call_sid == knock.sid => {
                return self.with_call(now, |call, cx| {
                    if !mask::is_masked(&call.facts.peer.number) {
                        call.facts.peer.uri = knock.peer.uri;
                    }
                    call.facts.sip_call_id = knock.sip_call_id;
                    call.phase = incoming::ringing(knock.leg, knock.offer, cx.now);
                    incoming::alert(call, cx);
                    Next::On
                });
            }
            // One that is here counts more than one that is only said to come. The other's leg will find us busy.
            Phase::Announced { .. } => self.with_call(now, |_, _| Next::Gone),
            Phase::Incoming(Ringing {
                until: RingEnd::Orphan(_),
                ..
            }) => {
                let same = match (&call.facts.call_sid, &knock.sid) {
                    (Some(sid), Some(other)) => sid == other,
                    (None, _) | (_, None) => call.facts.peer.uri == knock.peer.uri,
                };
                if same {
                    return self.with_call(now, |call, cx| {
                        incoming::ring_again(call, cx, knock.leg, knock.offer)
                    });
                }
                self.with_call(now, |_, _| Next::Missed(EndReason::LinkLost));
            }
            Phase::Incoming(_)
            | Phase::Placing(_)
            | Phase::Drafting { .. }
            | Phase::Calling { .. }
            | Phase::Answering { .. }
            | Phase::Talking { .. }
            | Phase::Ending { .. } => {
                if knock.sid.is_some() && knock.sid == call.facts.call_sid {
                    // Another branch of the call that is here: its caller misses nothing.
                    return self.turn_away(now, &knock, 486);
                }
                return self.busy(now, &knock);
            }
        }
        self.begin(now, knock);
    }

    /// It rings as a call of its own.
    fn begin(&mut self, now: Millis, knock: Knock) {
        if matches!(self.link, Link::Leaving { .. }) {
            return self.turn_away(now, &knock, 480);
        }
        let phase = incoming::ringing(knock.leg, knock.offer, now);
        let mut call = self.new_call(now, Way::In, knock.peer, phase);
        call.facts.call_sid = knock.sid;
        call.facts.sip_call_id = knock.sip_call_id;
        if let Some(news) = self.book.of(call.facts.call_sid.as_deref()) {
            call.facts.learn(news);
        }
        self.call = Some(call);
        self.with_call(now, |call, cx| {
            incoming::alert(call, cx);
            Next::On
        });
    }

    fn busy(&mut self, now: Millis, knock: &Knock) {
        if matches!(self.link, Link::Leaving { .. }) {
            return self.turn_away(now, knock, 480);
        }
        self.turn_away(now, knock, 486);
        self.unheard(now, knock);
    }

    /// A caller that never got to ring.
    pub(super) fn unheard(&mut self, now: Millis, knock: &Knock) {
        let caller = Caller {
            id: self.next_call(),
            peer: knock.peer.clone(),
            sid: knock.sid.clone(),
            virtual_number: None,
        };
        if let Some(sid) = &knock.sid {
            self.report(sid.clone(), LegReport::RangOut);
        }
        self.miss(caller, now, true);
    }

    pub(super) fn turn_away(&mut self, now: Millis, knock: &Knock, status: u16) {
        if let Some((_, cx)) = &mut self.lend(now) {
            cx.reject(knock.leg, status);
        }
    }
}
