//! Hanging up: the host has done with the call, the far end is still to be told.

use super::call::{Next, State};
use super::client::{Client, Lost, User};
use super::event::CallId;
use super::stack::Stack;
use super::unacked::Unacked;
use crate::Instant;
use crate::dialog::{Dialog, cseq};
use crate::header::Reason;
use crate::message::{Method, Request, Response};
use crate::transaction::GIVE_UP;

/// How long a BYE waits for a flow before the far end is left to its own timers, ms.
const FLOW_WAIT: u64 = 120_000;

/// Why BYE is not done yet.
///
/// ```text
///   AwaitingAck ──ACK, 32 s──▶ Bye ──final response, 32 s──▶ (gone)
///        BYE before ACK is     │ ▲
///        forbidden (§15)       │ └─new flow: BYE again
///                          cut ▼ │
///                          AwaitingFlow ──2 min──▶ (gone)
/// ```
pub(crate) enum Stage {
    /// Our 200 OK is not acknowledged yet.
    AwaitingAck(Box<Unacked>),
    /// No flow to send BYE on.
    AwaitingFlow { until: Instant },
    /// BYE is out.
    Bye { until: Instant },
}

/// A dialog on its way out.
pub(crate) struct Leaving {
    pub(crate) dialog: Box<Dialog>,
    ack: Option<Box<Request>>,
    reason: Option<Reason>,
    stage: Stage,
}

impl Leaving {
    /// Sends BYE, or keeps it for the next flow.
    pub(crate) fn now(
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        dialog: Box<Dialog>,
        ack: Option<Box<Request>>,
        reason: Option<Reason>,
    ) -> Self {
        let stage = Stage::AwaitingFlow {
            until: now + FLOW_WAIT,
        };
        let mut leaving = Self {
            dialog,
            ack,
            reason,
            stage,
        };
        leaving.say_bye(stack, now, id);
        leaving
    }

    /// Sends BYE once our 200 OK is acknowledged.
    pub(crate) fn after_ack(dialog: Box<Dialog>, unacked: Box<Unacked>, reason: Option<Reason>) -> Self {
        Self {
            dialog,
            ack: None,
            reason,
            stage: Stage::AwaitingAck(unacked),
        }
    }

    fn say_bye(&mut self, stack: &mut Stack, now: Instant, id: CallId) {
        if !stack.flow.is_up() {
            self.stage = Stage::AwaitingFlow {
                until: now + FLOW_WAIT,
            };
            return;
        }
        let mut bye = self.dialog.request(Method::Bye);
        if let Some(reason) = &self.reason {
            bye.headers.push(reason);
        }
        stack.common(&mut bye);
        stack.request(now, User::Call(id), bye);
        self.stage = Stage::Bye { until: now + GIVE_UP };
    }

    /// Their ACK.
    pub(crate) fn acknowledged(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        ack: &Request,
    ) -> State {
        match &self.stage {
            Stage::AwaitingAck(unacked) if unacked.is_for(ack) => self.say_bye(stack, now, id),
            Stage::AwaitingAck(_) | Stage::AwaitingFlow { .. } | Stage::Bye { .. } => {}
        }
        State::Leaving(self)
    }

    /// A repeated 2xx is acknowledged again.
    pub(crate) fn acknowledge(&mut self, stack: &mut Stack, response: &Response) {
        let mut ack = match &self.ack {
            Some(ack) if cseq(&ack.headers) == cseq(&response.headers) => ack.clone(),
            Some(_) | None => {
                let mut ack = self.dialog.ack(cseq(&response.headers));
                stack.common(&mut ack);
                ack
            }
        };
        stack.acknowledge(&mut ack);
        self.ack = Some(ack);
    }

    /// Their BYE crossed ours, or ours waits: either way both sides are done.
    pub(crate) fn bye(self: Box<Self>, stack: &mut Stack, id: CallId, bye: &Request) -> Next {
        stack.answer(bye, 200);
        stack.forget(User::Call(id));
        None
    }

    /// BYE's final response; a challenge is answered once, anything else is the end (§15.1.1).
    pub(crate) fn final_response(
        mut self: Box<Self>,
        stack: &mut Stack,
        now: Instant,
        client: Client,
        response: &Response,
    ) -> Next {
        if client.request.method != Method::Bye {
            return Some(State::Leaving(self));
        }
        if matches!(response.status, 401 | 407)
            && stack.retry(now, client, response, self.dialog.next_seq()).is_ok()
        {
            return Some(State::Leaving(self));
        }
        None
    }

    /// Whether BYE itself, or another request still under way when we left.
    pub(crate) fn unanswered(self: Box<Self>, lost: &Lost) -> Next {
        if lost.method == Method::Bye {
            None
        } else {
            Some(State::Leaving(self))
        }
    }

    /// The flow was lost under BYE.
    pub(crate) fn cut(mut self: Box<Self>, now: Instant) -> State {
        self.stage = match self.stage {
            Stage::Bye { .. } => Stage::AwaitingFlow {
                until: now + FLOW_WAIT,
            },
            kept @ (Stage::AwaitingAck(_) | Stage::AwaitingFlow { .. }) => kept,
        };
        State::Leaving(self)
    }

    /// A new flow.
    pub(crate) fn resume(mut self: Box<Self>, stack: &mut Stack, now: Instant, id: CallId) -> State {
        match &mut self.stage {
            Stage::AwaitingFlow { .. } => self.say_bye(stack, now, id),
            Stage::AwaitingAck(unacked) => unacked.say_again(stack, now),
            Stage::Bye { .. } => {}
        }
        State::Leaving(self)
    }

    pub(crate) fn deadline(&self) -> Instant {
        match &self.stage {
            Stage::AwaitingAck(unacked) => unacked.deadline(),
            Stage::AwaitingFlow { until } | Stage::Bye { until } => *until,
        }
    }

    pub(crate) fn tick(mut self: Box<Self>, stack: &mut Stack, now: Instant, id: CallId) -> Next {
        match &mut self.stage {
            Stage::AwaitingAck(unacked) if unacked.is_hopeless(now) => self.say_bye(stack, now, id),
            Stage::AwaitingAck(unacked) => unacked.tick(stack, now),
            Stage::AwaitingFlow { until } | Stage::Bye { until } if now >= *until => {
                stack.forget(User::Call(id));
                return None;
            }
            Stage::AwaitingFlow { .. } | Stage::Bye { .. } => {}
        }
        Some(State::Leaving(self))
    }
}
