//! What a batch of writes changes, worked out before anything is written. Pure.

use std::collections::{BTreeMap, BTreeSet};

use protocol::Millis;
use protocol::call::{CallState, CallView, Outcome};
use protocol::event::Event;

use super::encode::clean;
use super::{Logged, LoggedEvent, NewEvent, Seq, StoredCall, Write, Written};

/// The changes of a batch.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The newest event so far.
    last: Seq,
    /// Calls of the batch, by id.
    calls: BTreeMap<String, Planned>,
    /// What will be logged, in order.
    pub(super) events: Vec<LoggedEvent>,
}

/// A call, and what the batch does to it.
#[derive(Debug)]
struct Planned {
    call: StoredCall,
    /// Agents with a view before the batch.
    before: BTreeSet<String>,
    changed: bool,
}

impl Plan {
    /// Begins after `last`, with the calls that the batch is about, as far as they are known.
    pub(super) fn new(last: Seq, known: Vec<StoredCall>) -> Self {
        let planned = |call: StoredCall| {
            let before = call.facts.views(&call.sid, call.rev);
            let before = before.into_iter().map(|view| view.agent).collect();
            let sid = call.sid.clone();
            let planned = Planned {
                call,
                before,
                changed: false,
            };
            (sid, planned)
        };
        Self {
            last,
            calls: known.into_iter().map(planned).collect(),
            events: Vec::new(),
        }
    }

    /// Takes in a write that is not a repeat.
    pub(super) fn apply(&mut self, write: &Write) -> Written {
        let logged_before = self.events.len();
        if let Some((sid, facts)) = &write.facts {
            for view in self.join(&clean(sid), facts, write.at) {
                let agent = Some(view.agent.clone()).filter(|agent| !agent.is_empty());
                let body = Logged::Public(Event::Call(view));
                self.log(write.at, NewEvent { agent, body });
            }
        }
        for event in &write.events {
            self.log(write.at, event.clone());
        }
        let last = if self.events.len() > logged_before {
            self.last
        } else {
            0
        };
        Written::Fresh { last }
    }

    /// Calls that changed, as they are now.
    pub(super) fn changed(&self) -> impl Iterator<Item = &StoredCall> {
        self.calls
            .values()
            .filter(|planned| planned.changed)
            .map(|planned| &planned.call)
    }

    /// Views that are no more: call and agent. A call that names its agent loses the view that named none.
    pub(super) fn gone(&self) -> Vec<(&str, &str)> {
        let mut gone = Vec::new();
        for planned in self.calls.values().filter(|planned| planned.changed) {
            let now = planned.call.facts.views(&planned.call.sid, planned.call.rev);
            let left = |agent: &&String| !now.iter().any(|view| view.agent == **agent);
            let agents = planned.before.iter().filter(left);
            gone.extend(agents.map(|agent| (planned.call.sid.as_str(), agent.as_str())));
        }
        gone
    }

    /// Joins facts into a call that was heard of `at`. The views that changed. One that is no more comes a last time, over:
    /// whoever watches it would wait for its end for ever.
    fn join(&mut self, sid: &str, facts: &crate::calls::Facts, at: Millis) -> Vec<CallView> {
        let planned = self.calls.entry(sid.to_owned()).or_insert_with(|| Planned {
            call: StoredCall {
                sid: sid.to_owned(),
                rev: 0,
                facts: crate::calls::Facts::default(),
            },
            before: BTreeSet::new(),
            changed: false,
        });
        let call = &mut planned.call;
        // Both sets of views get the new revision, so that it alone is no difference. A call that was not there had none.
        let rev = call.rev + 1;
        let before = if call.rev == 0 {
            Vec::new()
        } else {
            call.facts.views(sid, rev)
        };
        if !call.facts.join(facts) {
            return Vec::new();
        }
        call.rev = rev;
        planned.changed = true;
        let mut after = call.facts.views(sid, rev);
        let is_gone = |view: &&CallView| !after.iter().any(|other| other.agent == view.agent);
        let open = |view: &&CallView| view.state != CallState::Ended;
        let gone = before.iter().filter(is_gone).filter(open);
        let mut changed: Vec<CallView> = gone.cloned().map(|view| closed(view, at)).collect();
        after.retain(|view| !before.contains(view));
        changed.extend(after);
        changed
    }

    /// Gives an event its place.
    fn log(&mut self, at: Millis, event: NewEvent) {
        self.last += 1;
        self.events.push(LoggedEvent {
            seq: self.last,
            at,
            event,
        });
    }
}

/// The last version of a view that gives way to others.
fn closed(view: CallView, at: Millis) -> CallView {
    CallView {
        state: CallState::Ended,
        outcome: Some(Outcome::Unknown),
        answered_at: None,
        ended_at: Some(at.max(view.started_at)),
        ..view
    }
}

/// Ids of the calls that these writes are about.
pub(super) fn sids<'a>(writes: impl Iterator<Item = &'a Write>) -> BTreeSet<String> {
    writes
        .filter_map(|write| write.facts.as_ref())
        .map(|(sid, _)| clean(sid).into_owned())
        .collect()
}
