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

#![allow(
    clippy::boxed_local,
    reason = "boxes are handed on as they came: moving what is in them is code to download"
)]

mod call;
mod client;
mod commands;
mod config;
mod credentials;
mod dispatch;
mod event;
mod fields;
mod flow;
mod hold;
mod incoming;
mod info;
mod leaving;
mod outgoing;
mod registration;
mod reinvite;
mod requests;
mod responses;
mod server;
mod session;
mod stack;
mod unacked;

pub use config::{Config, Transport};
pub use event::{CallError, CallId, EndCause, Event, Output, RegisterError};
pub use flow::PONG_WITHIN;
pub use info::DTMF_RELAY;
pub use session::Session;

use call::{Call, Next, State};
use client::{Lost, User};
use registration::Registration;
use stack::Stack;

use crate::header::{CSeq, NameAddr, To};
use crate::message::{Method, Request};
use crate::time::sooner;
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
        for lost in self.stack.cut(now) {
            if let User::Call(id) = lost.user {
                self.with_call(id, |state, stack| state.cut(stack, now, id, &lost));
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
        for lost in self.stack.expired(now) {
            self.unanswered(now, &lost);
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

    fn unanswered(&mut self, now: Instant, lost: &Lost) {
        match lost.user {
            User::Registration => self.registration.unanswered(&mut self.stack),
            User::Call(id) => self.with_call(id, |state, stack| state.unanswered(stack, now, id, lost)),
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

    // --- draining ---

    /// The next thing for the host to do; drain until `None` after every call.
    pub fn poll(&mut self) -> Option<Output> {
        self.stack.poll()
    }

    /// When `timeout` wants to be called.
    pub fn next_timeout(&self) -> Option<Instant> {
        let mut next = sooner(self.stack.next_timeout(), self.registration.deadline());
        for call in &self.calls {
            next = sooner(next, call.state.deadline());
        }
        next
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

    /// Takes a call out for a step; `put` brings back what is left of it. Not inlined: there are many steps, and
    /// every byte is downloaded.
    #[inline(never)]
    fn take(&mut self, id: CallId) -> Option<State> {
        let at = self.calls.iter().position(|call| call.id == id)?;
        Some(self.calls.swap_remove(at).state)
    }

    #[inline(never)]
    fn put(&mut self, id: CallId, next: Next) {
        if let Some(state) = next {
            self.calls.push(Call { id, state });
        }
    }

    fn command(
        &mut self,
        id: CallId,
        step: impl FnOnce(State, &mut Stack) -> (Next, Result<(), CallError>),
    ) -> Result<(), CallError> {
        let state = self.take(id).ok_or(CallError::UnknownCall)?;
        let (next, result) = step(state, &mut self.stack);
        self.put(id, next);
        result
    }

    /// A call that has ended meanwhile takes no more steps.
    fn with_call(&mut self, id: CallId, step: impl FnOnce(State, &mut Stack) -> Next) {
        if let Some(state) = self.take(id) {
            let next = step(state, &mut self.stack);
            self.put(id, next);
        }
    }

    fn each_call(&mut self, mut step: impl FnMut(State, &mut Stack, CallId) -> Next) {
        let ids: Vec<CallId> = self.calls.iter().map(|call| call.id).collect();
        for id in ids {
            self.with_call(id, |state, stack| step(state, stack, id));
        }
    }
}
