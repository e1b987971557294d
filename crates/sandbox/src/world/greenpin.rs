//! Calls over GreenPin allocations: started from outside, told to the addresses kept for GreenPin's events.

use std::collections::BTreeMap;

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
use crate::platform::Quirk;
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
                self.tell_pin(now, &sid, &under, moment);
                if !over {
                    self.pins.0.insert(sid, under);
                }
            }
        }
        moved
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
