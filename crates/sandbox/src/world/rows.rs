//! Calls that begin on a phone or at the controls, as rows of the call table they share with REST.

use exotel::call_details::{CallOutcome, CallState, CallStatus};
use sip::Instant;

use super::World;
use super::call::{Call, Origin};
use super::end::End;
use super::places::CallNo;
use crate::platform::{CallRecord, Direction};

impl World {
    /// Opens the row of a new call; calls of the exchange have theirs already.
    pub(super) fn open_row(&mut self, now: Instant, no: CallNo) {
        let Some(call) = self.calls.get(&no).filter(|call| call.origin == Origin::Caller) else {
            return;
        };
        let from_a_phone = matches!(call.ends().first(), Some(End::Leg(_)));
        let (direction, agent) = match from_a_phone {
            true => (Direction::Outbound, call.from.clone()),
            false => (Direction::Inbound, call.to.clone()),
        };
        let records = &self.platform.records;
        let coworker = records.coworkers.values().find(|one| one.sip_user == agent);
        let tenant = coworker.map(|one| one.tenant.clone()).unwrap_or_default();
        let mut row = CallRecord::begin(call.sid.clone(), tenant, direction, self.platform.wall(now));
        row.from = if from_a_phone {
            format!("sip:{agent}")
        } else {
            call.from.clone()
        };
        row.to.clone_from(&call.to);
        row.agent = Some(agent);
        row.status = CallStatus::Ringing;
        row.leg2 = CallStatus::Ringing;
        row.leg1 = CallStatus::InProgress;
        self.platform.records.calls.insert(row);
    }

    /// Two talk.
    pub(super) fn row_answered(&mut self, now: Instant, no: CallNo) {
        let wall = self.platform.wall(now);
        if let Some(row) = self.row(no) {
            row.answered = Some(wall);
            row.status = CallStatus::InProgress;
            row.leg2 = CallStatus::InProgress;
        }
    }

    /// It is over.
    pub(super) fn close_row(&mut self, now: Instant, call: &Call, why: &str) {
        if call.origin == Origin::Exchange {
            return;
        }
        let wall = self.platform.wall(now);
        let Some(row) = self.platform.records.calls.get_mut(&call.sid) else {
            return;
        };
        row.ended = Some(wall);
        if row.record && row.answered.is_some() {
            row.close_recording();
        }
        row.state = CallState::Terminal;
        row.leg1 = CallStatus::Completed;
        row.status = CallStatus::Completed;
        (row.leg2, row.outcome) = match row.answered {
            Some(_) => (CallStatus::Completed, CallOutcome::Completed),
            None if why.contains("486") || why.contains("603") => {
                (CallStatus::Busy, CallOutcome::ToLegUnanswered)
            }
            None if why.contains("404") => (CallStatus::Failed, CallOutcome::ToLegNoDial),
            None => (CallStatus::NoAnswer, CallOutcome::ToLegUnanswered),
        };
    }

    /// The row of a call that is not the exchange's.
    pub(super) fn row(&mut self, no: CallNo) -> Option<&mut CallRecord> {
        let call = self.calls.get(&no).filter(|call| call.origin == Origin::Caller)?;
        self.platform.records.calls.get_mut(&call.sid)
    }
}
