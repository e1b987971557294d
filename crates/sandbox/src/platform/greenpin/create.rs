//! A new allocation.

use exotel::greenpin::{
    Allocation, AllocationState, CreateAllocation, DeallocationPolicy, GreenPinCode, Usage,
};
use serde::de::DeserializeOwned;
use sip::Instant;

use super::super::records::Held;
use super::super::{Ask, No, Platform, Yes};
use super::allocations::describe;
use super::{because, parties, pins, refuse};

/// How long an allocation lasts where nobody says: six months, in seconds.
const LIFE: u64 = 180 * 86_400;

/// `POST /greenpin`
pub(super) fn create(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let tenant = super::tenant(platform, ask)?;
    let asked: CreateAllocation = read(ask)?;
    let missing = |what: &str| because(GreenPinCode::MissingParameter, what);
    if asked.transaction_id.is_empty() {
        return Err(missing("transaction_id"));
    }
    if asked.a.numbers.is_empty() && asked.b.numbers.is_empty() {
        return Err(missing("numbers of a or b"));
    }
    if asked.a.vns.is_empty() && asked.b.vns.is_empty() {
        return Err(missing("vns of a or b"));
    }
    let ends = platform
        .wall(now)
        .saturating_add(life(asked.deallocation_policy.as_ref())?);
    let mut wanted = Allocation {
        transaction_id: asked.transaction_id,
        greenpin_id: platform.mint.uuid(),
        a: parties::party("a", &asked.a)?,
        b: parties::party("b", &asked.b)?,
        usage: usage(asked.usage)?,
        state: AllocationState::Active,
        ..Allocation::default()
    };
    parties::join(&mut wanted)?;
    let known = |held: &Held| held.allocation.transaction_id == wanted.transaction_id;
    if platform.allocated(&tenant).any(known) {
        return Err(refuse(GreenPinCode::AllocationExists));
    }
    let given = [asked.a.pin.as_ref(), asked.b.pin.as_ref()];
    parties::clash(platform, &tenant, &wanted, given)?;
    pins::settle(platform, &tenant, &mut wanted, given)?;
    let id = wanted.greenpin_id.clone();
    platform.hold(Held {
        tenant,
        allocation: wanted,
        ends,
        deleted: false,
    });
    shown(platform, &id)
}

/// The answer about an allocation.
pub(super) fn shown(platform: &Platform, id: &str) -> Result<Yes, No> {
    let held = platform.records.allocations.get(id);
    let held = held.ok_or_else(|| refuse(GreenPinCode::NotFound))?;
    Ok(Yes::Done(describe(&platform.quirks, &held.allocation)))
}

/// The JSON body; what is malformed has code 5.
pub(super) fn read<T: DeserializeOwned>(ask: &Ask) -> Result<T, No> {
    serde_json::from_slice(&ask.body).map_err(|why| because(GreenPinCode::BadParameter, why))
}

/// Milliseconds until the end.
pub(super) fn life(policy: Option<&DeallocationPolicy>) -> Result<i64, No> {
    let seconds = policy.map_or(Some(LIFE), |policy| {
        policy.seconds().filter(|seconds| *seconds > 0)
    });
    let ms = seconds.and_then(|seconds| i64::try_from(seconds.checked_mul(1000)?).ok());
    ms.ok_or_else(|| {
        because(
            GreenPinCode::BadParameter,
            "duration is a number and d, h, m or s",
        )
    })
}

/// Both ways where nobody says.
pub(super) fn usage(usage: Option<Usage>) -> Result<Usage, No> {
    match usage {
        Some(usage @ (Usage::OneWay | Usage::TwoWay)) => Ok(usage),
        None => Ok(Usage::TwoWay),
        Some(Usage::Other(_)) => Err(because(GreenPinCode::BadParameter, "usage is oneway or twoway")),
    }
}
