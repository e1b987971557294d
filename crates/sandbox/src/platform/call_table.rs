//! The one table of calls: REST and SIP write the same rows, by CallSid.

use std::collections::{BTreeMap, VecDeque};

use exotel::Secret;
use exotel::call_details::{CallOutcome, CallState, CallStatus};
use serde::{Deserialize, Serialize};

/// How many calls are kept; beyond that the oldest are forgotten.
const KEPT: usize = 10_000;

/// Who began it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Direction {
    /// A customer called.
    Inbound,
    /// The platform called, on request.
    Outbound,
}

/// One call as both sides of the platform know it. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CallRecord {
    pub(crate) sid: String,
    pub(crate) tenant: String,
    pub(crate) direction: Direction,
    /// The app it belongs to, if one does.
    pub(crate) app_id: Option<String>,
    /// The agent's `AppUserId` in that app.
    pub(crate) app_user_id: Option<String>,
    /// The SIP user of the agent who is in it, whichever of their devices rings.
    pub(crate) agent: Option<String>,
    /// The address that a flow connects: `DialWhomNumber`.
    #[serde(default)]
    pub(crate) dial_whom: String,
    /// Who was rung first, or who called.
    pub(crate) from: String,
    /// Who was called.
    pub(crate) to: String,
    /// The platform's number in between.
    pub(crate) virtual_number: String,
    /// Version 3's word for whether more is to come.
    pub(crate) state: CallState,
    /// Version 3's word for how it ended; empty until then.
    pub(crate) outcome: CallOutcome,
    /// Version 1's words: the call, its first leg, its second.
    pub(crate) status: CallStatus,
    pub(crate) leg1: CallStatus,
    pub(crate) leg2: CallStatus,
    pub(crate) started: i64,
    /// When both sides first heard each other.
    pub(crate) answered: Option<i64>,
    pub(crate) ended: Option<i64>,
    pub(crate) recording_url: Option<String>,
    pub(crate) custom_field: Option<String>,
    /// Version 1's StatusCallback, and whether it also hears of the answer.
    #[serde(serialize_with = "exotel::secret::reveal_option")]
    pub(crate) status_callback: Option<Secret>,
    pub(crate) callback_on_answer: bool,
    pub(crate) record: bool,
}

impl CallRecord {
    /// A call that begins now; nobody has been rung yet.
    pub(crate) fn begin(sid: String, tenant: String, direction: Direction, started: i64) -> Self {
        Self {
            sid,
            tenant,
            direction,
            app_id: None,
            app_user_id: None,
            agent: None,
            dial_whom: String::new(),
            from: String::new(),
            to: String::new(),
            virtual_number: String::new(),
            state: CallState::Active,
            outcome: CallOutcome::default(),
            status: CallStatus::Queued,
            leg1: CallStatus::Queued,
            leg2: CallStatus::Queued,
            started,
            answered: None,
            ended: None,
            recording_url: None,
            custom_field: None,
            status_callback: None,
            callback_on_answer: false,
            record: false,
        }
    }

    /// Whether a customer called this app.
    pub(crate) fn came_in_for(&self, app_id: &str) -> bool {
        self.direction == Direction::Inbound && self.app_id.as_deref() == Some(app_id)
    }

    /// Says where its recording is. There is no file.
    pub(crate) fn close_recording(&mut self) {
        self.recording_url = Some(format!("https://recordings.{}/{}.mp3", crate::DOMAIN, self.sid));
    }

    /// Whether it goes on.
    pub(crate) fn is_live(&self) -> bool {
        self.ended.is_none()
    }

    /// Seconds from begin to end, ringing included; 0 while it goes on.
    pub(crate) fn seconds(&self) -> i64 {
        self.ended.map_or(0, |ended| (ended - self.started).max(0) / 1000)
    }

    /// Seconds of talk; 0 while it goes on.
    pub(crate) fn talk_seconds(&self) -> i64 {
        let talk = self.answered.zip(self.ended);
        talk.map_or(0, |(answered, ended)| (ended - answered).max(0) / 1000)
    }
}

/// Every call, the oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct CallTable {
    rows: BTreeMap<String, CallRecord>,
    order: VecDeque<String>,
    /// By agent, their calls that may still go on. Nothing that was saved does.
    #[serde(skip)]
    of_agent: BTreeMap<String, Vec<String>>,
}

impl CallTable {
    /// Adds a call; its agent is known by now.
    pub(crate) fn insert(&mut self, call: CallRecord) {
        if self.rows.len() >= KEPT {
            let over = |sid: &String| self.get(sid).is_none_or(|call| !call.is_live());
            let oldest = self.order.iter().position(over).unwrap_or(0);
            if let Some(oldest) = self.order.remove(oldest) {
                self.rows.remove(&oldest);
            }
        }
        if let Some(agent) = &call.agent {
            let calls = self.of_agent.entry(agent.clone()).or_default();
            calls.retain(|sid| self.rows.get(sid).is_some_and(CallRecord::is_live));
            calls.push(call.sid.clone());
        }
        self.order.push_back(call.sid.clone());
        self.rows.insert(call.sid.clone(), call);
    }

    /// A call by its sid.
    pub(crate) fn get(&self, sid: &str) -> Option<&CallRecord> {
        self.rows.get(sid)
    }

    /// A call by its sid, to be changed.
    pub(crate) fn get_mut(&mut self, sid: &str) -> Option<&mut CallRecord> {
        self.rows.get_mut(sid)
    }

    /// All of them, to be changed.
    pub(crate) fn rows_mut(&mut self) -> impl Iterator<Item = &mut CallRecord> {
        self.rows.values_mut()
    }

    /// The latest first.
    pub(crate) fn latest(&self) -> impl Iterator<Item = &CallRecord> {
        self.order.iter().rev().filter_map(|sid| self.rows.get(sid))
    }

    /// Whether this agent is in a call.
    pub(crate) fn is_busy(&self, agent: &str) -> bool {
        let mut calls = self.of_agent.get(agent).into_iter().flatten();
        calls.any(|sid| self.get(sid).is_some_and(CallRecord::is_live))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(sid: &str) -> CallRecord {
        CallRecord::begin(sid.to_owned(), String::from("t"), Direction::Outbound, 1_000)
    }

    #[test]
    fn talk_is_counted_from_the_answer_and_all_from_the_begin() {
        let mut call = call("a");
        assert_eq!((call.seconds(), call.talk_seconds()), (0, 0));
        call.answered = Some(13_000);
        call.ended = Some(23_900);
        assert_eq!((call.seconds(), call.talk_seconds()), (22, 10));
    }

    #[test]
    fn an_agent_is_busy_until_the_end() {
        let mut table = CallTable::default();
        let mut ringing = call("a");
        ringing.agent = Some(String::from("asha"));
        table.insert(ringing);
        for no in 0..KEPT {
            let mut other = call(&no.to_string());
            other.ended = Some(1_000);
            table.insert(other);
        }
        assert!(table.is_busy("asha") && !table.is_busy("ravi"));
        if let Some(call) = table.get_mut("a") {
            call.ended = Some(2_000);
        }
        assert!(!table.is_busy("asha"));
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut table = CallTable::default();
        for no in 0..=KEPT {
            table.insert(call(&no.to_string()));
        }
        assert!(table.get("0").is_none() && table.get("1").is_some());
        assert_eq!(table.latest().count(), KEPT);
    }
}
