//! An answered call: its leg, its owner, and the offers going back and forth.

use core::mem::replace;

use super::context::Context;
use super::exchange::{Change, Exchange};
use super::facts::{Audio, Facts};
use super::phase::REPLY_LIMIT;
use crate::view::Refusal;
use crate::{Direction, MediaFault, MediaRequest, Millis, PageId};

/// Past every timer of a re-INVITE in the user agent (64*T1, RFC 3261 §17.1.1.2, and two rounds of §14.1).
const PROPOSAL_LIMIT: Millis = 45_000;

/// What every answered call has.
pub(crate) struct Talk {
    pub(crate) leg: sip::CallId,
    pub(crate) owner: PageId,
    /// When it was established.
    pub(crate) since: Millis,
    exchange: Exchange,
    /// Changes that wait for the exchange to be quiet, each kind once.
    due: Vec<Change>,
}

impl Talk {
    pub(crate) const fn new(leg: sip::CallId, owner: PageId, since: Millis) -> Self {
        Self {
            leg,
            owner,
            since,
            exchange: Exchange::Quiet,
            due: Vec::new(),
        }
    }

    pub(crate) const fn is_quiet(&self) -> bool {
        matches!(self.exchange, Exchange::Quiet)
    }

    pub(crate) fn hold_pending(&self) -> bool {
        self.exchange.change().is_some_and(Change::is_hold) || self.due.iter().any(|change| change.is_hold())
    }

    pub(crate) const fn deadline(&self) -> Option<Millis> {
        self.exchange.deadline()
    }

    /// We hold them; they hold us. From the last agreed offer and answer.
    pub(crate) fn holds(&self, cx: &Context<'_>) -> (bool, bool) {
        cx.ua.session(self.leg).map_or((false, false), |session| {
            (session.local_hold(), session.remote_hold())
        })
    }

    /// Wants a change; it starts as soon as nothing else is on its way.
    pub(crate) fn want(&mut self, facts: &mut Facts, cx: &mut Context<'_>, change: Change) {
        self.due.retain(|waiting| {
            waiting.is_hold() != change.is_hold() || (!change.is_hold() && *waiting != change)
        });
        self.due.push(change);
        self.advance(facts, cx);
    }

    /// Starts the next change that is due and still means something.
    fn advance(&mut self, facts: &mut Facts, cx: &mut Context<'_>) {
        if !self.is_quiet() || !cx.usable {
            return;
        }
        let (held, _) = self.holds(cx);
        while !self.due.is_empty() {
            let change = self.due.remove(0);
            let hold = match change {
                Change::Hold(on) if on == held => continue,
                Change::Hold(on) => on,
                Change::Refresh | Change::Renew => held,
            };
            let ice_restart = change == Change::Renew || facts.audio == Audio::Stalled;
            let offer = MediaRequest::Offer {
                call: facts.id,
                direction: direction(hold),
                ice_restart,
            };
            facts.ask(cx, self.owner, offer);
            self.exchange = Exchange::Drafting {
                change,
                until: cx.now + REPLY_LIMIT,
            };
            return;
        }
    }

    /// The page made the offer asked for.
    pub(crate) fn drafted(&mut self, facts: &mut Facts, cx: &mut Context<'_>, sdp: String) {
        match replace(&mut self.exchange, Exchange::Quiet) {
            Exchange::Drafting { change, .. } => {
                let sent = cx.usable && cx.ua.reoffer(cx.at(), self.leg, sdp).is_ok();
                cx.flush();
                if sent {
                    self.exchange = Exchange::Proposed {
                        change,
                        until: cx.now + PROPOSAL_LIMIT,
                    };
                } else {
                    self.give_up(facts, cx, change);
                }
            }
            Exchange::Yielding { .. } => {
                let sent = cx.ua.accept_reoffer(cx.at(), self.leg, sdp).is_ok();
                cx.flush();
                if sent {
                    self.exchange = Exchange::Yielded {
                        until: cx.now + PROPOSAL_LIMIT,
                    };
                } else {
                    self.roll_back(facts, cx);
                }
            }
            // Late or unasked: the page was told to roll back, or will be told nothing new.
            other @ (Exchange::Quiet
            | Exchange::Proposed { .. }
            | Exchange::Replying { .. }
            | Exchange::Yielded { .. }) => self.exchange = other,
        }
    }

    /// The page answered their offer.
    pub(crate) fn replied(&mut self, facts: &mut Facts, cx: &mut Context<'_>, sdp: String) {
        match self.exchange {
            Exchange::Replying { .. } => {
                self.exchange = Exchange::Quiet;
                // It fails only when the leg is ending, and then an event says so.
                let _ = cx.ua.accept_reoffer(cx.at(), self.leg, sdp);
                cx.flush();
                self.advance(facts, cx);
            }
            Exchange::Quiet
            | Exchange::Drafting { .. }
            | Exchange::Proposed { .. }
            | Exchange::Yielding { .. }
            | Exchange::Yielded { .. } => {}
        }
    }

    /// The page cannot do it. False when this was not about an exchange it was asked for: then the audio itself failed.
    pub(crate) fn failed(&mut self, facts: &mut Facts, cx: &mut Context<'_>, fault: &MediaFault) -> bool {
        match replace(&mut self.exchange, Exchange::Quiet) {
            Exchange::Drafting { change, .. } => self.give_up(facts, cx, change),
            Exchange::Replying { .. } | Exchange::Yielding { .. } => {
                self.decline(facts, cx, status_of(fault))
            }
            other @ (Exchange::Quiet | Exchange::Proposed { .. } | Exchange::Yielded { .. }) => {
                self.exchange = other;
                return false;
            }
        }
        true
    }

    /// Their re-INVITE.
    pub(crate) fn asked(&mut self, facts: &mut Facts, cx: &mut Context<'_>, sdp: Option<String>) {
        if !self.is_quiet() {
            // RFC 3261 §14.2: an offer of ours is under way.
            self.refuse(cx, 491);
            return;
        }
        let (held, _) = self.holds(cx);
        let (call, direction, until) = (facts.id, direction(held), cx.now + REPLY_LIMIT);
        let request = if sdp.is_some() {
            self.exchange = Exchange::Replying { until };
            MediaRequest::Answer {
                call,
                offer: sdp,
                direction,
            }
        } else {
            self.exchange = Exchange::Yielding { until };
            MediaRequest::Offer {
                call,
                direction,
                ice_restart: false,
            }
        };
        facts.ask(cx, self.owner, request);
    }

    /// They answered our offer: of our re-INVITE, or of our 200 to an empty one.
    pub(crate) fn accepted(&mut self, facts: &mut Facts, cx: &mut Context<'_>, sdp: String) {
        match &self.exchange {
            Exchange::Proposed { .. } | Exchange::Yielded { .. } => self.settle(facts, cx, sdp),
            Exchange::Quiet
            | Exchange::Drafting { .. }
            | Exchange::Replying { .. }
            | Exchange::Yielding { .. } => {}
        }
    }

    /// They refused our offer or never answered it, or took back their own (RFC 3261 §9.2 within a call).
    pub(crate) fn refused(&mut self, facts: &mut Facts, cx: &mut Context<'_>) {
        match replace(&mut self.exchange, Exchange::Quiet) {
            Exchange::Proposed { change, .. } => self.give_up(facts, cx, change),
            Exchange::Replying { .. } | Exchange::Yielding { .. } | Exchange::Yielded { .. } => {
                self.roll_back(facts, cx);
            }
            other @ (Exchange::Quiet | Exchange::Drafting { .. }) => self.exchange = other,
        }
    }

    /// Ends what took too long.
    pub(crate) fn time(&mut self, facts: &mut Facts, cx: &mut Context<'_>) {
        if self.deadline().is_none_or(|until| until > cx.now) {
            return;
        }
        match replace(&mut self.exchange, Exchange::Quiet) {
            Exchange::Drafting { change, .. } | Exchange::Proposed { change, .. } => {
                self.give_up(facts, cx, change)
            }
            Exchange::Replying { .. } | Exchange::Yielding { .. } => self.decline(facts, cx, 480),
            Exchange::Yielded { .. } => self.roll_back(facts, cx),
            Exchange::Quiet => {}
        }
    }

    fn settle(&mut self, facts: &mut Facts, cx: &mut Context<'_>, answer: String) {
        self.exchange = Exchange::Quiet;
        facts.agreed(cx, self.owner, answer);
        self.advance(facts, cx);
    }

    fn give_up(&mut self, facts: &mut Facts, cx: &mut Context<'_>, change: Change) {
        match change {
            Change::Hold(_) => cx.refuse(Refusal::HoldRefused),
            // The next flow refreshes again; the recovery counts its own attempts.
            Change::Refresh | Change::Renew => {}
        }
        self.roll_back(facts, cx);
    }

    fn decline(&mut self, facts: &mut Facts, cx: &mut Context<'_>, status: u16) {
        self.refuse(cx, status);
        self.roll_back(facts, cx);
    }

    fn refuse(&self, cx: &mut Context<'_>, status: u16) {
        // It fails only when the leg is ending, and then an event says so.
        let _ = cx.ua.reject_reoffer(cx.at(), self.leg, status);
        cx.flush();
    }

    fn roll_back(&mut self, facts: &mut Facts, cx: &mut Context<'_>) {
        self.exchange = Exchange::Quiet;
        facts.ask(cx, self.owner, MediaRequest::Rollback { call: facts.id });
        self.advance(facts, cx);
    }
}

/// What we want to do while nobody holds us (RFC 3264 §8.4).
pub(crate) const fn direction(held: bool) -> Direction {
    if held {
        Direction::SendOnly
    } else {
        Direction::SendRecv
    }
}

/// 488 for what no retry will change, 480 for a microphone that may come back.
pub(crate) const fn status_of(fault: &MediaFault) -> u16 {
    match fault {
        MediaFault::Negotiation => 488,
        MediaFault::DeniedBySite
        | MediaFault::DeniedBySystem
        | MediaFault::InUse
        | MediaFault::NoDevice
        | MediaFault::BlockedByEmbedder
        | MediaFault::Insecure
        | MediaFault::Unsupported
        | MediaFault::NoPath
        | MediaFault::NoReply => 480,
    }
}
