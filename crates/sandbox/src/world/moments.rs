//! A moment of a call of the exchange: its row in the call table, and whom it is told to.

use exotel::call_details::{CallOutcome, CallState, CallStatus};
use exotel::hooks::HookKind;
use exotel::integrations::SettingKey;
use sip::Instant;

use super::World;
use super::notices::News;
use crate::exchange::{Ending, Moment};
use crate::platform::{CallRecord, Direction};

impl World {
    /// Writes it down, then tells it.
    pub(super) fn note(&mut self, now: Instant, sid: &str, moment: Moment) {
        let wall = self.platform.wall(now);
        let recorded = self.is_recorded(sid);
        let Some(record) = self.platform.records.calls.get_mut(sid) else {
            return;
        };
        write(record, wall, moment, recorded);
        let direction = record.direction;
        match (direction, moment) {
            (Direction::Inbound, Moment::AgentRings) => {
                let subscriber = record.agent.clone();
                self.tell_inbound(now, sid, HookKind::Popup);
                if let Some(subscriber) = subscriber {
                    self.tell_push(now, sid, &subscriber);
                }
            }
            (Direction::Inbound, Moment::Over(ending)) => {
                self.tell_end_of_inbound(now, sid, ending);
                self.tell_passthru(now, sid);
            }
            (Direction::Outbound, Moment::Connected) => {
                self.tell_callback(now, sid, News::Answered);
                self.tell_status(now, sid, "answered");
            }
            (Direction::Outbound, Moment::Over(ending)) => {
                if ending == Ending::Completed && recorded {
                    self.tell_callback(now, sid, News::RecordingClosed);
                }
                self.tell_callback(now, sid, News::Over(ending));
                self.tell_status(now, sid, "terminal");
            }
            (Direction::Inbound, Moment::CustomerRings | Moment::Connected)
            | (Direction::Outbound, Moment::AgentRings | Moment::CustomerRings) => {}
        }
    }

    fn tell_end_of_inbound(&mut self, now: Instant, sid: &str, ending: Ending) {
        if ending == Ending::Completed {
            return self.tell_inbound(now, sid, HookKind::IncomingCallHungUp);
        }
        self.tell_inbound(now, sid, HookKind::MissedCall);
        if self.exchange.habits().missed_also_hung_up {
            self.tell_inbound(now, sid, HookKind::IncomingCallHungUp);
        }
    }

    /// Outbound calls are recorded when the app's setting, or the click-to-call, says so.
    fn is_recorded(&self, sid: &str) -> bool {
        let Some(record) = self.platform.records.calls.get(sid) else {
            return false;
        };
        let setting = record
            .app_id
            .as_deref()
            .and_then(|app| self.setting(app, &SettingKey::Record));
        record.record || setting.is_some_and(|value| value.reveal().eq_ignore_ascii_case("true"))
    }
}

fn write(record: &mut CallRecord, wall: i64, moment: Moment, recorded: bool) {
    let (agent, customer) = match moment {
        Moment::AgentRings => (CallStatus::Ringing, CallStatus::Queued),
        Moment::CustomerRings => (CallStatus::InProgress, CallStatus::Ringing),
        Moment::Connected => (CallStatus::InProgress, CallStatus::InProgress),
        Moment::Over(ending) => ending.sides(),
    };
    // The first leg is the one that was there first.
    (record.leg1, record.leg2) = match record.direction {
        Direction::Outbound => (agent, customer),
        Direction::Inbound => (CallStatus::InProgress, agent),
    };
    match moment {
        Moment::AgentRings => record.status = CallStatus::Ringing,
        Moment::CustomerRings => record.status = CallStatus::InProgress,
        Moment::Connected => {
            record.status = CallStatus::InProgress;
            record.answered = Some(wall);
        }
        Moment::Over(ending) => {
            record.state = CallState::Terminal;
            record.outcome = outcome(record.direction, ending);
            record.ended = Some(wall);
            if record.direction == Direction::Inbound {
                // The flow answered the customer, whatever the agent did.
                record.leg1 = CallStatus::Completed;
            }
            record.status = match ending {
                Ending::AgentUnanswered(_) | Ending::AgentNotDialled
                    if record.direction == Direction::Outbound =>
                {
                    record.leg1.clone()
                }
                _ => CallStatus::Completed,
            };
            if ending == Ending::Completed && recorded {
                record.close_recording();
            }
        }
    }
}

/// Version 3's word. An inbound call's agent is the leg it goes to.
fn outcome(direction: Direction, ending: Ending) -> CallOutcome {
    match (direction, ending) {
        (Direction::Inbound, Ending::AgentUnanswered(_)) => CallOutcome::ToLegUnanswered,
        (Direction::Inbound, Ending::AgentNotDialled) => CallOutcome::ToLegNoDial,
        (Direction::Inbound, Ending::CustomerGaveUp) => CallOutcome::FromLegCancelled,
        _ => ending.outcome(),
    }
}
