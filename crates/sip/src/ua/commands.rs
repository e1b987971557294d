//! What the host may ask of a call.

use super::UserAgent;
use super::call::{Call, Next, State};
use super::client::User;
use super::event::{CallError, CallId, EndCause};
use super::fields;
use super::incoming::{provisional, refusal};
use super::info::{DTMF_RELAY, dtmf_body};
use super::outgoing::Outgoing;
use super::session::Session;
use super::stack::Stack;
use crate::header::Reason;
use crate::message::Method;
use crate::{Instant, Uri};

impl UserAgent {
    /// Calls `target` with a session description and further headers.
    pub fn invite(
        &mut self,
        now: Instant,
        target: Uri,
        offer: String,
        extra: &[(&str, &str)],
    ) -> Result<CallId, CallError> {
        if !self.stack.flow.is_up() {
            return Err(CallError::NoFlow);
        }
        let mut invite = self.outside(Method::Invite, target);
        self.stack.describe(&mut invite.headers);
        for (name, value) in extra {
            invite
                .headers
                .push_raw(name, value)
                .map_err(|_| CallError::BadHeader)?;
        }
        fields::attach(&mut invite.headers, &mut invite.body, fields::SDP, offer.clone());
        let id = self.next_id();
        self.stack.request(now, User::Call(id), invite);
        self.calls.push(Call {
            id,
            state: State::Outgoing(Box::new(Outgoing::new(offer))),
        });
        Ok(id)
    }

    /// 180 Ringing.
    pub fn ring(&mut self, now: Instant, id: CallId) -> Result<(), CallError> {
        self.progress(now, id, 180, None)
    }

    /// A provisional response with a chosen status (101-199), and early media where given.
    pub fn progress(
        &mut self,
        now: Instant,
        id: CallId,
        status: u16,
        sdp: Option<String>,
    ) -> Result<(), CallError> {
        let status = provisional(status)?;
        self.command(id, |state, stack| match state {
            State::Incoming(mut call) => {
                call.progress(stack, now, status, sdp);
                (Some(State::Incoming(call)), Ok(()))
            }
            kept @ (State::Outgoing(_) | State::Session(_) | State::Leaving(_)) => wrong(kept),
        })
    }

    /// 200 OK with our answer (or offer, when the INVITE had none), repeated until ACK.
    pub fn answer(&mut self, now: Instant, id: CallId, sdp: String) -> Result<(), CallError> {
        self.command(id, |state, stack| match state {
            State::Incoming(call) => (Some(call.answer(stack, now, sdp)), Ok(())),
            kept @ (State::Outgoing(_) | State::Session(_) | State::Leaving(_)) => wrong(kept),
        })
    }

    /// Refuses an unanswered call with a final status (300-699). `Ended` follows.
    pub fn reject(
        &mut self,
        now: Instant,
        id: CallId,
        status: u16,
        reason: Option<Reason>,
    ) -> Result<(), CallError> {
        let status = refusal(status)?;
        self.command(id, |state, stack| match state {
            State::Incoming(call) => {
                call.reject(stack, now, id, status, reason);
                (None, Ok(()))
            }
            kept @ (State::Outgoing(_) | State::Session(_) | State::Leaving(_)) => wrong(kept),
        })
    }

    /// Ends the call in whatever state it is: CANCEL before our INVITE is answered (`Ended` comes with the far end's
    /// last word), 480 to an unanswered INVITE of theirs, BYE after (`Ended` comes at once; BYE waits for a flow, and
    /// for their ACK, if it must).
    pub fn hang_up(&mut self, now: Instant, id: CallId, reason: Option<Reason>) -> Result<(), CallError> {
        self.command(id, |state, stack| {
            let next = match state {
                State::Outgoing(call) => Some(call.hang_up(stack, now, id, reason)),
                State::Incoming(call) => {
                    call.reject(stack, now, id, 480, reason);
                    None
                }
                State::Session(session) => Some(session.hang_up(stack, now, id, EndCause::LocalBye, reason)),
                kept @ State::Leaving(_) => return (Some(kept), Err(CallError::UnknownCall)),
            };
            (next, Ok(()))
        })
    }

    /// Re-INVITE with our offer: hold, resume, a new media path, or our new Contact after a new flow. `Reanswered` or
    /// `ReofferFailed` follows; 491 is retried (RFC 3261 §14.1).
    pub fn reoffer(&mut self, now: Instant, id: CallId, sdp: String) -> Result<(), CallError> {
        self.in_session(id, |session, stack| session.reoffer(stack, now, id, sdp))
    }

    /// Agrees to their re-INVITE with our answer (or offer, when it had none).
    pub fn accept_reoffer(&mut self, now: Instant, id: CallId, sdp: String) -> Result<(), CallError> {
        self.in_session(id, |session, stack| session.accept_reoffer(stack, now, sdp))
    }

    /// Refuses their re-INVITE; the session stays as it was.
    pub fn reject_reoffer(&mut self, now: Instant, id: CallId, status: u16) -> Result<(), CallError> {
        let status = refusal(status)?;
        self.in_session(id, |session, stack| session.reject_reoffer(stack, now, status))
    }

    /// INFO with any body. `InfoDone` follows; several go one after another.
    pub fn info(
        &mut self,
        now: Instant,
        id: CallId,
        content_type: &str,
        body: String,
    ) -> Result<(), CallError> {
        self.in_session(id, |session, stack| {
            session.info(stack, now, id, content_type, body)
        })
    }

    /// One DTMF digit by INFO.
    pub fn digit(
        &mut self,
        now: Instant,
        id: CallId,
        digit: char,
        duration_ms: u16,
    ) -> Result<(), CallError> {
        let body = dtmf_body(digit, duration_ms)?;
        self.info(now, id, DTMF_RELAY, body)
    }

    /// An answered call that has not ended.
    pub fn session(&self, id: CallId) -> Option<&Session> {
        self.calls
            .iter()
            .find(|call| call.id == id)
            .and_then(|call| match &call.state {
                State::Session(session) => Some(&**session),
                State::Outgoing(_) | State::Incoming(_) | State::Leaving(_) => None,
            })
    }

    fn in_session(
        &mut self,
        id: CallId,
        step: impl FnOnce(&mut Session, &mut Stack) -> Result<(), CallError>,
    ) -> Result<(), CallError> {
        self.command(id, |state, stack| match state {
            State::Session(mut session) => {
                let result = step(&mut session, stack);
                (Some(State::Session(session)), result)
            }
            kept @ (State::Outgoing(_) | State::Incoming(_) | State::Leaving(_)) => wrong(kept),
        })
    }
}

fn wrong(state: State) -> (Next, Result<(), CallError>) {
    let error = if matches!(state, State::Leaving(_)) {
        CallError::UnknownCall
    } else {
        CallError::WrongState
    };
    (Some(state), Err(error))
}
