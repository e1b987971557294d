//! Calls over GreenPin allocations: started from outside, told to the addresses kept for GreenPin's events.

use std::collections::BTreeMap;

use exotel::call_details::{CallOutcome, CallState, CallStatus};
use exotel::greenpin::{Allocation, AllocationState};
use exotel::hooks::{
    Direction, GreenPinCall, GreenPinDeallocated, GreenPinVerificationFailed, GreenPinVerified, HookKind,
};
use exotel::{IST, PhoneNumber, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sip::Instant;

use super::World;
use crate::pins::{Admission, Asked, PinMoment, PinSaid, admit};
use crate::platform::{CallRecord, Direction as WayOfCall, Held, Quirk};
use crate::webhooks::{Letter, Shape};

/// A call to a virtual number, as a person asks for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PinRing {
    from: PhoneNumber,
    vn: PhoneNumber,
    /// What the caller enters; nothing if left out.
    #[serde(default)]
    pin: Secret,
    #[serde(default = "talk_ms")]
    talk_ms: u32,
    /// How long the caller lets it ring.
    #[serde(default = "patience_ms")]
    patience_ms: u32,
}

fn talk_ms() -> u32 {
    5_000
}

fn patience_ms() -> u32 {
    60_000
}

/// What the events of a call under way will say.
#[derive(Debug)]
struct Under {
    asked: Asked,
    greenpin_id: String,
    transaction_id: String,
    began: i64,
}

/// Calls under way, by sid.
#[derive(Debug, Default)]
pub(super) struct PinsUnderWay(BTreeMap<String, Under>);

impl World {
    /// Has somebody call a virtual number. Returns the call's sid.
    pub(crate) fn pin_ring(&mut self, now: Instant, ring: PinRing) -> String {
        let asked = Asked {
            from: ring.from,
            vn: ring.vn,
            pin: ring.pin,
        };
        let wall = self.platform.wall(now);
        let held = self.platform.records.allocations.values();
        let in_use = held
            .filter(|held| !held.deleted && held.ends > wall)
            .map(|held| &held.allocation);
        let admission = admit(in_use, &asked);
        let greenpin_id = match &admission {
            Admission::Known { greenpin_id, .. }
            | Admission::Verified { greenpin_id, .. }
            | Admission::OneWay { greenpin_id } => greenpin_id.clone(),
            Admission::WrongPin | Admission::NoAllocation => String::new(),
        };
        let allocation = self.platform.records.allocations.get(&greenpin_id);
        let transaction_id = allocation.map(|held| held.allocation.transaction_id.clone());
        let sid = self.platform.new_call_sid();
        let under = Under {
            asked,
            greenpin_id,
            transaction_id: transaction_id.unwrap_or_default(),
            began: wall,
        };
        self.open_pin_row(&sid, &under);
        self.pins.0.insert(sid.clone(), under);
        self.pin_calls.begin(
            now,
            sid.clone(),
            admission,
            u64::from(ring.talk_ms),
            u64::from(ring.patience_ms),
        );
        sid
    }

    /// Tells what happened in calls over allocations; true if anything did.
    pub(super) fn work_pins(&mut self, now: Instant) -> bool {
        let mut moved = false;
        while let Some(PinSaid { sid, moment }) = self.pin_calls.poll() {
            moved = true;
            let over = moment != PinMoment::Verified;
            if let Some(under) = self.pins.0.remove(&sid) {
                self.write_pin_row(now, &sid, &moment);
                self.tell_pin(now, &sid, &under, moment);
                if !over {
                    self.pins.0.insert(sid, under);
                }
            }
        }
        moved
    }

    /// A row for call details: the event's `call_sid` is looked up there.
    fn open_pin_row(&mut self, sid: &str, under: &Under) {
        let records = &self.platform.records;
        let at_vn = |held: &&Held| {
            let sides = [&held.allocation.a, &held.allocation.b];
            sides.iter().any(|side| side.vns.contains(&under.asked.vn))
        };
        let held = records.allocations.get(&under.greenpin_id);
        let held = held.or_else(|| records.allocations.values().find(at_vn));
        // A number that nobody holds belongs to the first account.
        let tenant = held.map(|held| held.tenant.clone());
        let tenant = tenant.or_else(|| records.tenants.keys().next().cloned());
        let begun = CallRecord::begin(
            sid.to_owned(),
            tenant.unwrap_or_default(),
            WayOfCall::Inbound,
            under.began,
        );
        let vn = under.asked.vn.reveal();
        self.platform.records.calls.insert(CallRecord {
            from: under.asked.from.reveal().to_owned(),
            to: vn.to_owned(),
            virtual_number: vn.to_owned(),
            status: CallStatus::InProgress,
            leg1: CallStatus::InProgress,
            ..begun
        });
    }

    fn write_pin_row(&mut self, now: Instant, sid: &str, moment: &PinMoment) {
        let (talked_s, leg2, outcome) = match moment {
            PinMoment::Verified => return,
            PinMoment::Failed => (0, CallStatus::Failed, CallOutcome::ToLegNoDial),
            PinMoment::Over(ending) => {
                let outcome = match ending.call_type.as_str() {
                    "completed" => CallOutcome::Completed,
                    "client-hangup" => CallOutcome::FromLegCancelled,
                    "incomplete" => CallOutcome::ToLegUnanswered,
                    _ => CallOutcome::ToLegNoDial,
                };
                let leg2 = match ending.status.as_str() {
                    "" => CallStatus::Failed,
                    word => CallStatus::from(word),
                };
                (ending.talked_s, leg2, outcome)
            }
        };
        let wall = self.platform.wall(now);
        let Some(row) = self.platform.records.calls.get_mut(sid) else {
            return;
        };
        let talked = i64::try_from(talked_s).unwrap_or(0);
        row.answered = (talked > 0).then_some(wall - talked * 1000);
        row.ended = Some(wall);
        row.state = CallState::Terminal;
        row.status = CallStatus::Completed;
        row.leg1 = CallStatus::Completed;
        (row.leg2, row.outcome) = (leg2, outcome);
    }

    fn tell_pin(&mut self, now: Instant, sid: &str, under: &Under, moment: PinMoment) {
        let started = Timestamp::at(under.began, IST);
        let Under {
            asked,
            greenpin_id,
            transaction_id,
            ..
        } = under;
        match moment {
            PinMoment::Verified => {
                let event = GreenPinVerified {
                    caller: asked.from.clone(),
                    greenpin_id: greenpin_id.clone(),
                    vn: asked.vn.clone(),
                    transaction_id: transaction_id.clone(),
                    pin: asked.pin.clone(),
                    call_sid: sid.to_owned(),
                    ..GreenPinVerified::default()
                };
                self.tell_event(now, HookKind::GreenPinVerified, sid, &event);
            }
            PinMoment::Failed => {
                let event = GreenPinVerificationFailed {
                    call_sid: sid.to_owned(),
                    vn: asked.vn.clone(),
                    start_time: started,
                    caller: asked.from.clone(),
                    pin: asked.pin.clone(),
                    ..GreenPinVerificationFailed::default()
                };
                self.tell_event(now, HookKind::GreenPinVerificationFailed, sid, &event);
            }
            PinMoment::Over(ending) => {
                let event = GreenPinCall {
                    transaction_id: transaction_id.clone(),
                    call_sid: sid.to_owned(),
                    vn: asked.vn.clone(),
                    greenpin_id: greenpin_id.clone(),
                    from: asked.from.clone(),
                    // The sample shows a virtual number here, not the other party.
                    to: asked.vn.clone(),
                    call_type: ending.call_type,
                    start_time: started,
                    current_time: Timestamp::at(self.platform.wall(now), IST),
                    dial_call_duration: u32::try_from(ending.dialled_s).ok(),
                    on_call_duration: u32::try_from(ending.talked_s).ok(),
                    direction: Direction::Incoming,
                    dial_call_status: ending.status,
                    source: "exotel".to_owned(),
                    ..GreenPinCall::default()
                };
                self.tell_event(now, HookKind::GreenPinCallCompleted, sid, &event);
            }
        }
    }

    /// An allocation was given back, by hand or by its policy.
    pub(super) fn tell_deallocated(&mut self, now: Instant, greenpin_id: &str) {
        let Some(held) = self.platform.records.allocations.get(greenpin_id) else {
            return;
        };
        let Allocation {
            transaction_id,
            a,
            b,
            usage,
            ..
        } = held.allocation.clone();
        let state = match self.platform.quirks.has(Quirk::DeletedShowsActive) {
            true => AllocationState::Active,
            false => AllocationState::Vault,
        };
        let event = GreenPinDeallocated {
            transaction_id,
            aparty_numbers: a.numbers,
            bparty_numbers: b.numbers,
            aparty_vns: a.vns,
            bparty_vns: b.vns,
            aparty_pins: a.pin.into_iter().collect(),
            bparty_pins: b.pin.into_iter().collect(),
            usage,
            greenpin_id: greenpin_id.to_owned(),
            state,
            ..GreenPinDeallocated::default()
        };
        self.tell_event(now, HookKind::GreenPinDeallocated, greenpin_id, &event);
    }

    /// GreenPin's events are documented as POST with JSON, so that is how they travel.
    fn tell_event(&mut self, now: Instant, kind: HookKind, about: &str, event: &impl Serialize) {
        let Some(url) = self.platform.records.endpoints.get(kind).cloned() else {
            return;
        };
        let Ok(Value::Object(fields)) = serde_json::to_value(event) else {
            return;
        };
        let letter = Letter {
            kind,
            about: about.to_owned(),
            url,
            shape: Shape::Json,
            fields,
        };
        self.courier.post(now, &letter);
    }
}
