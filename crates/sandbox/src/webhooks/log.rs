//! The queue as the control API shows it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::delivery::{Attempt, Delivery, State, Turn};
use super::letter::Shape;

/// One copy of a webhook and what became of it.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    no: u64,
    kind: &'static str,
    about: String,
    url: String,
    shape: Shape,
    /// `waiting`, `delayed`, `held`, `sending`, `retrying`, `delivered`, `given up` or `dropped`.
    state: &'static str,
    /// `dropped`, `duplicated`, `delayed`, `reordered`, or nothing.
    fault: &'static str,
    /// When it was written, Unix ms.
    at: u64,
    fields: Map<String, Value>,
    attempts: Vec<AttemptLine>,
}

#[derive(Debug, Serialize)]
struct AttemptLine {
    at: u64,
    took_ms: u64,
    status: Option<u16>,
    /// Why there is no status.
    error: Option<String>,
}

impl Line {
    pub(super) fn of(delivery: &Delivery, epoch_ms: u64) -> Self {
        let attempt = |attempt: &Attempt| AttemptLine {
            at: epoch_ms + attempt.began.0,
            took_ms: attempt.took_ms,
            status: attempt.result.as_ref().ok().copied(),
            error: attempt.result.as_ref().err().map(ToString::to_string),
        };
        Self {
            no: delivery.no,
            kind: delivery.letter.kind.as_str(),
            about: delivery.letter.about.clone(),
            url: delivery.letter.url.reveal().to_owned(),
            shape: delivery.letter.shape,
            state: match delivery.state {
                State::Waiting(Turn::InOrder) => "waiting",
                State::Waiting(Turn::At(_)) => "delayed",
                State::Waiting(Turn::AfterTheNext(_)) => "held",
                State::Going { .. } => "sending",
                State::Pausing { .. } => "retrying",
                State::Delivered => "delivered",
                State::GivenUp => "given up",
                State::Dropped => "dropped",
            },
            fault: delivery.fault,
            at: epoch_ms + delivery.written.0,
            fields: delivery.letter.fields.clone(),
            attempts: delivery.attempts.iter().map(attempt).collect(),
        }
    }
}
