//! Calls over allocations, in time.

use std::collections::{BTreeMap, VecDeque};

use exotel::hooks::{CallStatus, CallType};
use sip::Instant;

use super::admission::Admission;
use crate::exchange::{self, Verdict};

/// How long a caller takes to enter a pin, ms.
const ENTERING: u64 = 2_000;
/// How long the other party's phone rings, ms.
const RINGING: u64 = 30_000;

/// Where a call stands.
///
/// ```text
/// Entering --right pin--> Ringing --answer--> Talking --> gone
///     +--wrong pin--> gone    +--busy, in vain, caller gives up--> gone
/// ```
#[derive(Debug)]
enum Stage {
    /// The caller enters the pin.
    Entering { until: Instant, admission: Admission },
    /// The other party's phone rings.
    Ringing {
        since: Instant,
        until: Instant,
        then: Option<PinEnding>,
    },
    /// They talk.
    Talking {
        rang_ms: u64,
        since: Instant,
        until: Instant,
    },
}

/// Words and seconds of the last event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PinEnding {
    pub(crate) call_type: CallType,
    pub(crate) status: CallStatus,
    /// Seconds of the second leg, ringing included.
    pub(crate) dialled_s: u64,
    pub(crate) talked_s: u64,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PinMoment {
    /// A stranger gave the right pin.
    Verified,
    /// The pin was wrong.
    Failed,
    /// The call is over.
    Over(PinEnding),
}

/// What is said about a call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PinSaid {
    pub(crate) sid: String,
    pub(crate) moment: PinMoment,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct PinCalls {
    calls: BTreeMap<String, Call>,
    out: VecDeque<PinSaid>,
}

#[derive(Debug)]
struct Call {
    stage: Stage,
    talk_ms: u64,
    /// The caller gives up so long after the other phone began to ring, ms.
    patience_ms: u64,
}

impl PinCalls {
    /// A caller is connected to a virtual number, talks for so long, and waits at most so long for an answer.
    pub(crate) fn begin(
        &mut self,
        now: Instant,
        sid: String,
        admission: Admission,
        talk_ms: u64,
        patience_ms: u64,
    ) {
        let until = Instant(now.0 + ENTERING);
        let call = Call {
            stage: Stage::Entering { until, admission },
            talk_ms,
            patience_ms,
        };
        self.calls.insert(sid, call);
    }

    /// Time passed.
    pub(crate) fn timeout(&mut self, now: Instant) {
        let due: Vec<String> = self
            .calls
            .iter()
            .filter(|(_, call)| call.due() <= now)
            .map(|(sid, _)| sid.clone())
            .collect();
        for sid in due {
            let Some(call) = self.calls.remove(&sid) else {
                continue;
            };
            let say = |moment| PinSaid {
                sid: sid.clone(),
                moment,
            };
            let (moments, next) = call.go_on(now);
            self.out.extend(moments.into_iter().map(say));
            if let Some(next) = next {
                self.calls.insert(sid, next);
            }
        }
    }

    /// When [`Self::timeout`] wants to be called next.
    pub(crate) fn next_timeout(&self) -> Option<Instant> {
        self.calls.values().map(Call::due).min()
    }

    /// The next thing that is said.
    pub(crate) fn poll(&mut self) -> Option<PinSaid> {
        self.out.pop_front()
    }
}

impl Call {
    fn due(&self) -> Instant {
        match self.stage {
            Stage::Entering { until, .. } | Stage::Ringing { until, .. } | Stage::Talking { until, .. } => {
                until
            }
        }
    }

    fn go_on(self, now: Instant) -> (Vec<PinMoment>, Option<Self>) {
        let (talk_ms, patience_ms) = (self.talk_ms, self.patience_ms);
        let at = |stage| {
            Some(Self {
                stage,
                talk_ms,
                patience_ms,
            })
        };
        match self.stage {
            Stage::Entering { admission, .. } => match admission {
                Admission::Known { other, .. } => (Vec::new(), at(ring(now, other.reveal(), patience_ms))),
                Admission::Verified { other, .. } => {
                    let stage = ring(now, other.reveal(), patience_ms);
                    (vec![PinMoment::Verified], at(stage))
                }
                Admission::WrongPin => (vec![PinMoment::Failed], None),
                Admission::OneWay { .. } | Admission::NoAllocation => (vec![over("", "", 0, 0)], None),
            },
            Stage::Ringing { since, then, .. } => match then {
                Some(ending) => (vec![PinMoment::Over(ending)], None),
                None => {
                    let talking = Stage::Talking {
                        rang_ms: now.since(since),
                        since: now,
                        until: Instant(now.0 + talk_ms),
                    };
                    (Vec::new(), at(talking))
                }
            },
            Stage::Talking { rang_ms, since, .. } => {
                let talked = now.since(since);
                (
                    vec![over("completed", "completed", rang_ms + talked, talked)],
                    None,
                )
            }
        }
    }
}

fn ring(now: Instant, other: &str, patience_ms: u64) -> Stage {
    let script = exchange::of_number(other).map_or((0, Verdict::Never), exchange::called);
    let (ms, verdict) = script;
    let (wait, then) = match verdict {
        Verdict::Answers if ms < RINGING => (ms, None),
        Verdict::Refuses(404) => (ms, Some(ending("incomplete", "failed", ms, 0))),
        Verdict::Refuses(_) => (ms, Some(ending("incomplete", "busy", ms, 0))),
        Verdict::Answers | Verdict::Never => (RINGING, Some(ending("incomplete", "no-answer", RINGING, 0))),
    };
    let (wait, then) = if patience_ms < wait {
        let given_up = ending("client-hangup", "canceled", patience_ms, 0);
        (patience_ms, Some(given_up))
    } else {
        (wait, then)
    };
    Stage::Ringing {
        since: now,
        until: Instant(now.0 + wait),
        then,
    }
}

fn over(call_type: &str, status: &str, dialled_ms: u64, talked_ms: u64) -> PinMoment {
    PinMoment::Over(ending(call_type, status, dialled_ms, talked_ms))
}

/// Without words of its own a call got nowhere: an attempt.
fn ending(call_type: &str, status: &str, dialled_ms: u64, talked_ms: u64) -> PinEnding {
    PinEnding {
        call_type: match call_type {
            "" => CallType::CallAttempt,
            word => CallType::from(word),
        },
        status: CallStatus::from(status),
        dialled_s: dialled_ms / 1000,
        talked_s: talked_ms / 1000,
    }
}
