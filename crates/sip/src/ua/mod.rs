//! The user agent: registration, calls and keep-alive over one flow at a time.
//!
//! The contract is mutate once, then drain:
//!
//! ```text
//! ua.frame(now, bytes);                          // or invite, answer, timeout, …
//! while let Some(output) = ua.poll() { … }       // Send goes onto the socket, Event to the host
//! wake_at(ua.next_timeout());                    // call ua.timeout(now) then; early or late is harmless
//! ```
//!
//! Calls outlive flows. After `disconnected` and `connected`, what the far end still waits for is said again, BYEs kept
//! back are sent, and requests within a dialog go out on the new flow; `reoffer` tells the far end our Contact anew.

mod call;
mod client;
mod config;
mod credentials;
mod dispatch;
mod event;
mod fields;
mod flow;
mod incoming;
mod info;
mod leaving;
mod outgoing;
mod registration;
mod reinvite;
mod server;
mod session;
mod stack;

pub use config::{Config, Transport};
pub use event::{CallError, CallId, EndCause, Event, Output, RegisterError};
pub use flow::PONG_WITHIN;
pub use info::DTMF_RELAY;
pub use session::Session;

use call::{Call, Next, State};
use client::{Client, User};
use outgoing::Outgoing;
use registration::Registration;
use stack::Stack;

use crate::header::{CSeq, NameAddr, Reason, To};
use crate::message::{Method, Request};
use crate::{Instant, Uri};

/// A SIP user agent over a reliable message transport. See the module documentation for the contract.
pub struct UserAgent {
    stack: Stack,
    registration: Registration,
    calls: Vec<Call>,
    last_id: u32,
}

impl UserAgent {
    /// A user agent without a flow. All tags, branches, Call-IDs and client nonces come from `seed`.
    pub fn new(config: Config, seed: [u8; 32]) -> Self {
        let mut stack = Stack::new(config, seed);
        let registration = Registration::new(&mut stack);
        Self {
            stack,
            registration,
            calls: Vec::new(),
            last_id: 0,
        }
    }

    // --- the flow ---

    /// A fresh flow is up. Nothing is registered on it yet; calls go on over it.
    pub fn connected(&mut self, now: Instant) {
        if self.stack.flow.is_up() {
            self.disconnected(now);
        }
        self.stack.resume(now);
        self.each_call(|state, stack, id| state.resume(stack, now, id));
    }

    /// The flow is lost. Requests under way fail and the registration is gone; answered calls live on.
    pub fn disconnected(&mut self, now: Instant) {
        for client in self.stack.cut(now) {
            if let User::Call(id) = client.user {
                self.with_call(id, |state, stack| state.cut(stack, now, id, &client));
            }
        }
        self.registration.cut(&mut self.stack);
    }

    /// One frame of the flow: a SIP message (RFC 7118 §5) or CRLF keep-alive. Anything else is dropped.
    pub fn frame(&mut self, now: Instant, bytes: &[u8]) {
        self.dispatch(now, bytes);
    }

    /// Time has passed.
    pub fn timeout(&mut self, now: Instant) {
        for client in self.stack.expired(now) {
            self.unanswered(now, &client);
        }
        self.registration.tick(&mut self.stack, now);
        self.each_call(|state, stack, id| match state.deadline() {
            Some(at) if now >= at => state.tick(stack, now, id),
            Some(_) | None => Some(state),
        });
        if self.stack.tick_flow(now) {
            self.probe(now);
        }
    }

    fn unanswered(&mut self, now: Instant, client: &Client) {
        match client.user {
            User::Registration => self.registration.unanswered(&mut self.stack),
            User::Call(id) => self.with_call(id, |state, stack| state.unanswered(stack, now, id, client)),
            User::Nobody => {}
        }
    }

    /// OPTIONS to the registrar, where double CRLF goes unanswered.
    fn probe(&mut self, now: Instant) {
        if let Some(registrar) = self.stack.config.registrar.clone() {
            let options = self.outside(Method::Options, registrar);
            self.stack.request(now, User::Nobody, options);
        }
    }

    /// A request outside any dialog.
    fn outside(&mut self, method: Method, target: Uri) -> Request {
        let tag = self.stack.entropy.token(10);
        let call_id = self.stack.entropy.token(22);
        let mut request = Request::new(method.clone(), target.clone().without_headers());
        for hop in &self.stack.service_route {
            fields::put(&mut request.headers, "Route", hop);
        }
        self.stack.common(&mut request);
        let headers = &mut request.headers;
        headers.push(&self.stack.from(&tag));
        headers.push(&To(NameAddr::new(target.without_headers())));
        fields::put(headers, "Call-ID", &call_id);
        headers.push(&CSeq { number: 1, method });
        request
    }

    // --- registration ---

    /// Registers on this flow, or refreshes at once. The outcome is an event.
    pub fn register(&mut self, now: Instant) {
        self.registration.register(&mut self.stack, now);
    }

    /// Removes our binding; `Unregistered` follows whatever the registrar says.
    pub fn unregister(&mut self, now: Instant) {
        self.registration.unregister(&mut self.stack, now);
    }

    /// Whether a 200 OK to REGISTER on this very flow has not expired.
    pub fn is_registered(&self, now: Instant) -> bool {
        self.registration.is_registered(now)
    }

    // --- calls ---

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
        let status = incoming::provisional(status)?;
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
        let status = incoming::refusal(status)?;
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
        let status = incoming::refusal(status)?;
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
        let body = info::dtmf_body(digit, duration_ms)?;
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

    // --- draining ---

    /// The next thing for the host to do; drain until `None` after every call.
    pub fn poll(&mut self) -> Option<Output> {
        self.stack.poll()
    }

    /// When `timeout` wants to be called.
    pub fn next_timeout(&self) -> Option<Instant> {
        let calls = self.calls.iter().filter_map(|call| call.state.deadline()).min();
        [calls, self.stack.next_timeout(), self.registration.deadline()]
            .into_iter()
            .flatten()
            .min()
    }

    /// Whether no call and no transaction is left, not even one that only waits for its last timer.
    pub fn is_idle(&self) -> bool {
        self.calls.is_empty() && self.stack.is_idle()
    }

    // --- stepping calls ---

    fn next_id(&mut self) -> CallId {
        self.last_id += 1;
        CallId(self.last_id)
    }

    fn command<T>(
        &mut self,
        id: CallId,
        step: impl FnOnce(State, &mut Stack) -> (Next, Result<T, CallError>),
    ) -> Result<T, CallError> {
        let at = self
            .calls
            .iter()
            .position(|call| call.id == id)
            .ok_or(CallError::UnknownCall)?;
        let call = self.calls.swap_remove(at);
        let (next, result) = step(call.state, &mut self.stack);
        if let Some(state) = next {
            self.calls.push(Call { id, state });
        }
        result
    }

    fn with_call(&mut self, id: CallId, step: impl FnOnce(State, &mut Stack) -> Next) {
        // A call that has ended meanwhile takes no more steps.
        let _ = self.command(id, |state, stack| (step(state, stack), Ok(())));
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

    fn each_call(&mut self, mut step: impl FnMut(State, &mut Stack, CallId) -> Next) {
        let ids: Vec<CallId> = self.calls.iter().map(|call| call.id).collect();
        for id in ids {
            self.with_call(id, |state, stack| step(state, stack, id));
        }
    }
}

fn wrong<T>(state: State) -> (Next, Result<T, CallError>) {
    let error = if matches!(state, State::Leaving(_)) {
        CallError::UnknownCall
    } else {
        CallError::WrongState
    };
    (Some(state), Err(error))
}
