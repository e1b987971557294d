//! One call, in whichever of its states.

use super::client::{Client, Lost};
use super::event::CallId;
use super::incoming::Incoming;
use super::leaving::Leaving;
use super::outgoing::Outgoing;
use super::session::Session;
use super::stack::Stack;
use crate::Instant;
use crate::message::{Headers, Request, Response};
use crate::transaction::ServerKey;

/// A call. What exists only in one state lives in that state.
///
/// ```text
///   invite()                                INVITE
///      │                                      │
///   Outgoing ──2xx──▶ Session ◀──answer()── Incoming
///      │  │             │  │                  │
///      │  └─CANCEL      │  └─hang_up()        │
///      │    crossed     │    no ACK           │
///      │    by 2xx ─▶ Leaving ──BYE done      │
///      ▼                ▼      ▼              ▼
///   refused, lost     BYE    (gone)     refused, cancelled
/// ```
pub(crate) enum State {
    /// Our INVITE has no final response. Caller's side only.
    Outgoing(Box<Outgoing>),
    /// Their INVITE has no final response. Callee's side only.
    Incoming(Box<Incoming>),
    /// Answered, either way.
    Session(Box<Session>),
    /// Over for the host; the far end is still being told.
    Leaving(Box<Leaving>),
}

/// A call with its name.
pub(crate) struct Call {
    pub(crate) id: CallId,
    pub(crate) state: State,
}

/// The call after a step; `None` when it is gone.
pub(crate) type Next = Option<State>;

impl Call {
    /// Whether a request from the far end belongs to this call's dialog.
    pub(crate) fn owns_request(&self, headers: &Headers) -> bool {
        match &self.state {
            State::Outgoing(_) => false,
            State::Incoming(incoming) => incoming.dialog.owns_request(headers),
            State::Session(session) => session.dialog.owns_request(headers),
            State::Leaving(leaving) => leaving.dialog.owns_request(headers),
        }
    }

    /// Whether a response to a request of ours belongs to this call's dialog.
    pub(crate) fn owns_response(&self, headers: &Headers) -> bool {
        match &self.state {
            State::Outgoing(_) | State::Incoming(_) => false,
            State::Session(session) => session.dialog.owns_response(headers),
            State::Leaving(leaving) => leaving.dialog.owns_response(headers),
        }
    }

    /// Whether this call answers the INVITE of that transaction.
    pub(crate) fn answers(&self, key: &ServerKey) -> bool {
        match &self.state {
            State::Incoming(incoming) => incoming.key == *key,
            State::Session(session) => session.answers(key),
            State::Outgoing(_) | State::Leaving(_) => false,
        }
    }
}

impl State {
    /// 1xx.
    pub(crate) fn provisional(
        self,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        response: Box<Response>,
    ) -> Next {
        match self {
            Self::Outgoing(call) => call.provisional(stack, now, id, response),
            kept @ (Self::Incoming(_) | Self::Session(_) | Self::Leaving(_)) => Some(kept),
        }
    }

    /// 2xx to an INVITE of this call, whose To tag is this call's or there is none yet.
    pub(crate) fn success(
        self,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        invite: &Request,
        response: Box<Response>,
    ) -> Next {
        match self {
            Self::Outgoing(call) => call.success(stack, now, id, invite, response),
            Self::Session(session) => session.success(stack, id, invite, &response),
            Self::Leaving(mut leaving) => {
                leaving.acknowledge(stack, &response);
                Some(Self::Leaving(leaving))
            }
            kept @ Self::Incoming(_) => Some(kept),
        }
    }

    /// Any other final response.
    pub(crate) fn final_response(
        self,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        client: Client,
        response: Box<Response>,
    ) -> Next {
        match self {
            Self::Outgoing(call) => call.failure(stack, now, id, client, response),
            Self::Session(session) => session.final_response(stack, now, id, client, &response),
            Self::Leaving(leaving) => leaving.final_response(stack, now, client, &response),
            kept @ Self::Incoming(_) => Some(kept),
        }
    }

    /// A request of this call got no answer in time.
    pub(crate) fn unanswered(self, stack: &mut Stack, now: Instant, id: CallId, lost: &Lost) -> Next {
        match self {
            Self::Outgoing(call) => call.timed_out(stack, id),
            Self::Session(session) => session.unanswered(stack, now, id, lost),
            Self::Leaving(leaving) => leaving.unanswered(lost),
            kept @ Self::Incoming(_) => Some(kept),
        }
    }

    /// The flow was lost while a request of this call was under way.
    pub(crate) fn cut(self, stack: &mut Stack, now: Instant, id: CallId, lost: &Lost) -> Next {
        match self {
            Self::Outgoing(call) => call.flow_lost(stack, id),
            Self::Session(session) => Some(session.cut(stack, now, id, lost)),
            Self::Leaving(leaving) => Some(leaving.cut(now)),
            kept @ Self::Incoming(_) => Some(kept),
        }
    }

    /// A new flow is up.
    pub(crate) fn resume(self, stack: &mut Stack, now: Instant, id: CallId) -> Next {
        match self {
            Self::Session(session) => Some(session.resume(stack, now)),
            Self::Leaving(leaving) => Some(leaving.resume(stack, now, id)),
            kept @ (Self::Outgoing(_) | Self::Incoming(_)) => Some(kept),
        }
    }

    /// When `tick` has something to do.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self {
            Self::Outgoing(call) => call.deadline(),
            Self::Incoming(call) => call.expires,
            Self::Session(session) => session.deadline(),
            Self::Leaving(leaving) => Some(leaving.deadline()),
        }
    }

    /// A deadline has come.
    pub(crate) fn tick(self, stack: &mut Stack, now: Instant, id: CallId) -> Next {
        match self {
            Self::Outgoing(call) => call.give_up(stack, now, id),
            Self::Incoming(call) => call.expire(stack, now, id),
            Self::Session(session) => session.tick(stack, now, id),
            Self::Leaving(leaving) => leaving.tick(stack, now, id),
        }
    }
}
