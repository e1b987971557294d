//! The queue of webhooks and its rules.

use std::collections::VecDeque;

use sip::Instant;

use super::delivery::{Attempt, Delivery, State, Turn};
use super::faults::{Fate, FaultPlan, Held, Mischief};
use super::letter::{Letter, Shape};
use super::log::Line;
use crate::client::{Outgoing, SendError};

/// How long a receiver has for its answer, ms.
const LIMIT: u64 = 15_000;
/// Attempts in all: the first and two retries.
const ATTEMPTS: usize = 3;
/// How many webhooks are remembered.
const KEPT: usize = 300;

/// The queue.
#[derive(Debug)]
pub(crate) struct Courier {
    mischief: Mischief,
    shape: Shape,
    /// Between attempts, ms. The platform documents none.
    retry_ms: u64,
    row: VecDeque<Delivery>,
    out: VecDeque<Sending>,
    last: u64,
}

/// One HTTP request to make; its result goes back with the ticket.
#[derive(Debug)]
pub(crate) struct Sending {
    pub(crate) ticket: Ticket,
    pub(crate) request: Outgoing,
}

/// Which attempt of which webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ticket {
    no: u64,
    attempt: usize,
}

impl Default for Courier {
    fn default() -> Self {
        Self {
            mischief: Mischief::new(FaultPlan::default()),
            shape: Shape::default(),
            retry_ms: 1_000,
            row: VecDeque::new(),
            out: VecDeque::new(),
            last: 0,
        }
    }
}

impl Courier {
    /// Takes a webhook. What the plan has in store for it is decided now.
    pub(crate) fn post(&mut self, now: Instant, letter: &Letter) {
        let (copies, fault, state) = match self.mischief.fate() {
            Fate::Dropped => (1, "dropped", State::Dropped),
            Fate::Sent { copies, held } => {
                let (fault, turn) = match held {
                    Held::Not if copies > 1 => ("duplicated", Turn::InOrder),
                    Held::Not => ("", Turn::InOrder),
                    Held::For(ms) => ("delayed", Turn::At(Instant(now.0 + ms))),
                    Held::ToBeOvertaken(ms) => ("reordered", Turn::AfterTheNext(Instant(now.0 + ms))),
                };
                (copies, fault, State::Waiting(turn))
            }
        };
        for _ in 0..copies {
            self.last += 1;
            self.row.push_back(Delivery {
                no: self.last,
                letter: letter.clone(),
                written: now,
                fault,
                state,
                attempts: Vec::new(),
            });
        }
        self.forget_the_oldest();
        self.send_what_is_due(now);
    }

    fn forget_the_oldest(&mut self) {
        while self.row.len() > KEPT {
            // Those that are over go first; a receiver that never answers loses its oldest.
            let oldest = self.row.iter().position(Delivery::is_over).unwrap_or(0);
            self.row.remove(oldest);
        }
    }

    /// What came of a request. An answer after the limit counts for nothing.
    pub(crate) fn answered(&mut self, now: Instant, ticket: Ticket, result: Result<u16, SendError>) {
        let waits = |delivery: &&mut Delivery| {
            delivery.no == ticket.no
                && delivery.attempts.len() == ticket.attempt
                && matches!(delivery.state, State::Going { .. })
        };
        if let Some(delivery) = self.row.iter_mut().find(waits) {
            settle(delivery, now, result, self.retry_ms);
        }
        self.send_what_is_due(now);
    }

    /// Time passed.
    pub(crate) fn timeout(&mut self, now: Instant) {
        for delivery in &mut self.row {
            if let State::Going { since } = delivery.state
                && now.since(since) >= LIMIT
            {
                settle(delivery, now, Err(SendError::TooSlow), self.retry_ms);
            }
        }
        self.send_what_is_due(now);
    }

    /// When [`Self::timeout`] wants to be called next.
    pub(crate) fn next_timeout(&self) -> Option<Instant> {
        self.row
            .iter()
            .filter_map(|delivery| match delivery.state {
                State::Waiting(Turn::At(at) | Turn::AfterTheNext(at)) => Some(at),
                State::Going { since } => Some(Instant(since.0 + LIMIT)),
                State::Pausing { until } => Some(until),
                State::Waiting(Turn::InOrder) | State::Delivered | State::GivenUp | State::Dropped => None,
            })
            .min()
    }

    /// The next request to make.
    pub(crate) fn poll(&mut self) -> Option<Sending> {
        self.out.pop_front()
    }

    /// Remembers a request that was somebody else's business: a question, which is neither retried nor spoilt.
    pub(crate) fn note(
        &mut self,
        now: Instant,
        began: Instant,
        letter: Letter,
        result: Result<u16, SendError>,
    ) {
        self.last += 1;
        let state = if result == Ok(200) {
            State::Delivered
        } else {
            State::GivenUp
        };
        let attempt = Attempt {
            began,
            took_ms: now.since(began),
            result,
        };
        self.row.push_back(Delivery {
            no: self.last,
            letter,
            written: began,
            fault: "",
            state,
            attempts: vec![attempt],
        });
        self.forget_the_oldest();
    }

    /// Puts a new plan in the old one's place, dice and counts included.
    pub(crate) fn plan(&mut self, plan: FaultPlan) {
        self.mischief = Mischief::new(plan);
    }

    /// The plan, with what is left of its counts.
    pub(crate) fn current_plan(&self) -> &FaultPlan {
        &self.mischief.plan
    }

    /// How call notices travel from now on.
    pub(crate) fn set_shape(&mut self, shape: Shape) {
        self.shape = shape;
    }

    pub(crate) fn shape(&self) -> Shape {
        self.shape
    }

    /// How long to wait between attempts.
    pub(crate) fn set_retry_ms(&mut self, ms: u64) {
        self.retry_ms = ms;
    }

    pub(crate) fn retry_ms(&self) -> u64 {
        self.retry_ms
    }

    /// Forgets what is over.
    pub(crate) fn clear(&mut self) {
        self.row.retain(|delivery| !delivery.is_over());
    }

    /// Everything remembered, oldest first; times are moments after `epoch_ms`.
    pub(crate) fn log(&self, epoch_ms: u64) -> Vec<Line> {
        self.row
            .iter()
            .map(|delivery| Line::of(delivery, epoch_ms))
            .collect()
    }

    fn send_what_is_due(&mut self, now: Instant) {
        for index in 0..self.row.len() {
            if !self.is_due(now, index) {
                continue;
            }
            let Some(delivery) = self.row.get_mut(index) else {
                return;
            };
            delivery.state = State::Going { since: now };
            self.out.push_back(Sending {
                ticket: Ticket {
                    no: delivery.no,
                    attempt: delivery.attempts.len(),
                },
                request: delivery.letter.request(),
            });
        }
    }

    fn is_due(&self, now: Instant, index: usize) -> bool {
        let Some(delivery) = self.row.get(index) else {
            return false;
        };
        let same = |other: &&Delivery| other.letter.about == delivery.letter.about;
        match delivery.state {
            State::Waiting(Turn::InOrder) => {
                !self.row.iter().take(index).filter(same).any(Delivery::goes_first)
            }
            State::Waiting(Turn::At(at)) => at <= now,
            State::Waiting(Turn::AfterTheNext(at)) => {
                let mut behind = self.row.iter().skip(index + 1).filter(same);
                at <= now || behind.any(Delivery::has_been_sent)
            }
            State::Pausing { until } => until <= now,
            State::Going { .. } | State::Delivered | State::GivenUp | State::Dropped => false,
        }
    }
}

fn settle(delivery: &mut Delivery, now: Instant, result: Result<u16, SendError>, retry_ms: u64) {
    let State::Going { since } = delivery.state else {
        return;
    };
    let delivered = result == Ok(200);
    delivery.attempts.push(Attempt {
        began: since,
        took_ms: now.since(since),
        result,
    });
    delivery.state = if delivered {
        State::Delivered
    } else if delivery.attempts.len() >= ATTEMPTS {
        State::GivenUp
    } else {
        State::Pausing {
            until: Instant(now.0 + retry_ms),
        }
    };
}
