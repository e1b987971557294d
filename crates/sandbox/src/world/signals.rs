//! What ends say to each other through their call: the part of SIP that crosses a back-to-back user agent.

use sip::Instant;
use sip::header::Reason;

use super::World;
use super::call::Phase;
use super::end::End;
use super::leg;
use super::places::CallNo;
use crate::exchange::LegNews;

/// One thing an end says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Signal {
    /// 18x, perhaps with early media.
    Progress(u16, Option<String>),
    /// 200 OK to the INVITE.
    Answer(String),
    /// A final refusal of the INVITE.
    Refuse(u16),
    /// CANCEL or BYE.
    Leave(Vec<Reason>),
    /// A re-INVITE.
    Offer(String),
    /// Its 200 OK.
    Accept(String),
    /// Its refusal.
    Decline(u16),
    /// An INFO: Content-Type and body.
    Info(String, String),
}

impl World {
    /// Passes on what was said; true if anything was.
    pub(super) fn pass_signals(&mut self, now: Instant) -> bool {
        let mut moved = false;
        while let Some((call, from, signal)) = self.signals.pop_front() {
            moved = true;
            self.pass(now, call, from, signal);
        }
        moved
    }

    fn pass(&mut self, now: Instant, no: CallNo, from: End, signal: Signal) {
        let Some(call) = self.calls.get_mut(&no) else {
            return;
        };
        if let Signal::Info(kind, body) = &signal
            && let Some(digit) = leg::dtmf(kind, body)
        {
            call.digits.push(digit);
        }
        match &mut call.phase {
            Phase::Preparing { .. } => {
                // Only the machine is here: it gave up, or has no media.
                self.report(now, no, LegNews::CustomerLeft);
                self.finish(now, no, "No media");
            }
            Phase::Ringing { caller, .. } if *caller == from => self.caller_said(now, no, signal),
            Phase::Ringing { .. } => self.callee_said(now, no, from, signal),
            Phase::Up { .. } => {
                let Some(other) = call.across(from) else { return };
                let left = matches!(signal, Signal::Leave(_));
                self.deliver(now, no, other, signal);
                if left {
                    let (news, why) = match other {
                        End::Machine => (LegNews::AgentLeft, "Hung up by the phone"),
                        End::Leg(_) => (LegNews::CustomerLeft, "Hung up"),
                    };
                    self.report(now, no, news);
                    self.finish(now, no, why);
                }
            }
        }
    }

    /// Before an answer, a caller can only give up; anything else has no dialog to stand on yet.
    fn caller_said(&mut self, now: Instant, no: CallNo, signal: Signal) {
        match signal {
            Signal::Leave(reason) => {
                for callee in self.callees(no) {
                    self.deliver(now, no, callee, Signal::Leave(reason.clone()));
                }
                self.report(now, no, LegNews::CustomerLeft);
                self.finish(now, no, "The caller gave up");
            }
            Signal::Offer(_) => {
                if let Some(caller) = self.caller(no) {
                    self.deliver(now, no, caller, Signal::Decline(491));
                }
            }
            Signal::Progress(..)
            | Signal::Answer(_)
            | Signal::Refuse(_)
            | Signal::Accept(_)
            | Signal::Decline(_)
            | Signal::Info(..) => {}
        }
    }

    fn callee_said(&mut self, now: Instant, no: CallNo, from: End, signal: Signal) {
        let Some(caller) = self.caller(no) else { return };
        match signal {
            Signal::Progress(..) => self.deliver(now, no, caller, signal),
            Signal::Answer(_) => {
                for other in self.callees(no) {
                    if other != from {
                        self.deliver(now, no, other, Signal::Leave(vec![leg::elsewhere()]));
                    }
                }
                if let Some(call) = self.calls.get_mut(&no) {
                    call.phase = Phase::Up { caller, callee: from };
                }
                self.deliver(now, no, caller, signal);
                self.report(now, no, LegNews::Answered);
                self.route_answered(now, no);
                self.row_answered(now, no);
            }
            Signal::Refuse(status) => self.callee_refused(now, no, from, status),
            Signal::Leave(_) => self.callee_refused(now, no, from, 480),
            Signal::Offer(_) => self.deliver(now, no, from, Signal::Decline(491)),
            Signal::Accept(_) | Signal::Decline(_) | Signal::Info(..) => {}
        }
    }

    /// One refused; when nobody is left the caller hears the best refusal.
    fn callee_refused(&mut self, now: Instant, no: CallNo, from: End, status: u16) {
        let Some(call) = self.calls.get_mut(&no) else {
            return;
        };
        let Phase::Ringing {
            caller,
            callees,
            refused,
        } = &mut call.phase
        else {
            return;
        };
        callees.retain(|end| *end != from);
        let best = refused.map_or(status, |other| better(other, status));
        *refused = Some(best);
        let (caller, nobody) = (*caller, callees.is_empty());
        if nobody && self.try_next(now, no) {
            return;
        }
        // A decline by a person holds for all their phones (RFC 3261 §16.7 step 5).
        let final_word = (600..700).contains(&status);
        if nobody || final_word {
            for other in self.callees(no) {
                self.deliver(now, no, other, Signal::Leave(Vec::new()));
            }
            self.deliver(now, no, caller, Signal::Refuse(best));
            self.report(now, no, LegNews::Refused(best));
            self.finish(now, no, &format!("Refused with {best}"));
        }
    }
}

/// Which of two refusals tells the caller more: 6xx first, then the busy line, then the lowest class.
fn better(one: u16, other: u16) -> u16 {
    let rank = |status: u16| match status {
        600..=699 => (0, status),
        486 => (1, status),
        480 | 408 => (3, status),
        _ => (2, status),
    };
    if rank(one) <= rank(other) { one } else { other }
}

#[cfg(test)]
mod refusal_tests {
    use super::better;

    #[test]
    fn the_caller_hears_what_tells_most() {
        assert_eq!(better(480, 486), 486);
        assert_eq!(better(603, 486), 603);
        assert_eq!(better(408, 480), 408);
        assert_eq!(better(404, 408), 404);
    }
}
