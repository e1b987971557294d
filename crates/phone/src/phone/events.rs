//! What the user agent has to say.

use sip::{Event, RegisterError};

use super::Phone;
use crate::call::placing::Knock;
use crate::call::{Next, incoming, outgoing, recovery, signals};
use crate::link::{Failure, Link};
use crate::view::Refusal;
use crate::{LegReport, LinkFault, Millis, Numbers, agent};

impl Phone {
    pub(super) fn event(&mut self, now: Millis, event: Event) {
        match event {
            Event::Registered { expires } => {
                self.relink(now, &mut |link, now, _| link.registered(now, expires))
            }
            Event::RegisterFailed(error) => self.register_failed(now, failure(error)),
            Event::Unregistered => self.relink(now, &mut |link, _, _| link.left()),
            Event::FlowDead => self.relink(now, &mut Link::dead),
            Event::Incoming {
                id,
                from,
                offer,
                headers,
                ..
            } => {
                let mut peer = agent::peer(from.display.as_deref(), &from.uri);
                if self.numbers == Numbers::Masked {
                    peer.hide();
                }
                let knock = Knock {
                    leg: id,
                    peer,
                    offer,
                    sid: headers.get("X-Exotel-Callsid").map(str::to_owned),
                    sip_call_id: headers.get("Call-ID").unwrap_or_default().to_owned(),
                };
                self.clear_ending(now);
                self.admit(now, knock);
            }
            Event::Progress {
                id,
                status,
                sdp,
                headers,
            } => self.with_leg(now, id, |call, cx| {
                outgoing::progress(call, cx, status, sdp, &headers)
            }),
            Event::Answered { id, sdp, headers } => {
                self.with_leg(now, id, |call, cx| outgoing::answered(call, cx, sdp, &headers));
                self.show(now);
                self.with_leg(now, id, recovery::establish);
            }
            Event::Confirmed { id, sdp } => {
                let sid = self.current_sid().filter(|_| self.is_leg(id)).map(str::to_owned);
                self.with_leg(now, id, |call, cx| incoming::confirmed(call, cx, sdp));
                if let Some(sid) = sid {
                    self.report(sid, LegReport::Answered);
                    self.tell_again(now);
                }
            }
            Event::Reoffer { id, sdp } => {
                if !self.is_leg(id) {
                    // Of a call that is over for us; its BYE is owed.
                    if let Some(agent) = &mut self.agent {
                        let _ = agent.ua.reject_reoffer(sip::Instant(now), id, 480);
                    }
                }
                self.with_leg(now, id, |call, cx| {
                    signals::exchange(call, cx, |talk, facts, cx| talk.asked(facts, cx, sdp))
                });
            }
            Event::Reanswered { id, sdp } => self.with_leg(now, id, |call, cx| {
                signals::exchange(call, cx, |talk, facts, cx| talk.accepted(facts, cx, sdp))
            }),
            Event::ReofferFailed { id, .. } => self.with_leg(now, id, |call, cx| {
                signals::exchange(call, cx, |talk, facts, cx| talk.refused(facts, cx))
            }),
            // Digits and messages of the far end have no use here yet; the user agent has answered 200.
            Event::Info { .. } => {}
            Event::InfoDone { id, status } => {
                self.with_leg(now, id, |call, cx| {
                    let taken = status < 300;
                    call.facts.digits.answered(taken);
                    if !taken {
                        cx.refuse(Refusal::DigitRefused);
                    }
                    Next::On
                });
                self.pump_digits(now);
            }
            Event::Ended { id, cause, reason } => {
                if let Some(agent) = &mut self.agent {
                    agent.owed.retain(|owed| *owed != id);
                }
                self.with_leg(now, id, |call, cx| signals::ended(call, cx, cause, &reason));
                if let Some(knock) = self.let_go(now, |knock| knock.leg == id) {
                    self.unheard(now, &knock);
                }
            }
        }
    }

    fn is_leg(&self, leg: sip::CallId) -> bool {
        self.call
            .as_ref()
            .is_some_and(|call| call.phase.leg() == Some(leg))
    }

    fn with_leg(
        &mut self,
        now: Millis,
        leg: sip::CallId,
        transition: impl FnOnce(&mut crate::call::Call, &mut crate::call::Context<'_>) -> Next,
    ) {
        if self.is_leg(leg) {
            self.with_call(now, transition);
        }
    }
}

/// What the link policy makes of a registration error.
fn failure(error: RegisterError) -> Failure {
    match error {
        RegisterError::WrongPassword => Failure::Final(LinkFault::WrongPassword),
        RegisterError::UnsupportedAuth => Failure::Final(LinkFault::UnsupportedAuth),
        RegisterError::Refused {
            status: status @ (403 | 404),
            phrase,
            ..
        } => Failure::Final(LinkFault::Refused { status, phrase }),
        RegisterError::Refused {
            status,
            phrase,
            retry_after,
        } => Failure::Later(LinkFault::Refused { status, phrase }, retry_after),
        RegisterError::NoAnswer => Failure::Silent(LinkFault::NoAnswer),
        RegisterError::FlowLost => Failure::Silent(LinkFault::Lost),
    }
}
