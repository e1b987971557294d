//! Pins: given or made, and unlike every other pin on the same virtual numbers.

use std::collections::BTreeSet;

use exotel::greenpin::{AllocatedSide, Allocation, GreenPinCode, Pin};
use exotel::{PhoneNumber, Secret};

use super::super::{No, Platform};
use super::{because, refuse};

/// Digits of a pin where nobody says how many.
const LENGTH: u32 = 4;

/// Gives both parties their pins. A party that has one keeps it unless another is asked for.
pub(super) fn settle(
    platform: &mut Platform,
    tenant: &str,
    wanted: &mut Allocation,
    pins: [Option<&Pin>; 2],
) -> Result<(), No> {
    let [a, b] = pins;
    let mut taken = taken(platform, tenant, &wanted.greenpin_id, &wanted.a.vns);
    settle_one(platform, &mut taken, &mut wanted.a, a)?;
    let mut taken: BTreeSet<_> = self::taken(platform, tenant, &wanted.greenpin_id, &wanted.b.vns);
    taken.extend(wanted.a.pin.iter().map(|pin| pin.reveal().to_owned()));
    settle_one(platform, &mut taken, &mut wanted.b, b)
}

fn settle_one(
    platform: &mut Platform,
    taken: &mut BTreeSet<String>,
    side: &mut AllocatedSide,
    asked: Option<&Pin>,
) -> Result<(), No> {
    let length = match asked {
        Some(Pin::Given(pin)) => {
            let text = pin.reveal();
            if !(1..=9).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(because(GreenPinCode::BadParameter, "pin is 1 to 9 digits"));
            }
            if taken.contains(text) {
                return Err(refuse(GreenPinCode::NoFreeGreenPin));
            }
            side.pin = Some(pin.clone());
            return Ok(());
        }
        Some(Pin::OfLength(length)) if (1..=9).contains(length) => *length,
        Some(Pin::OfLength(_)) => return Err(because(GreenPinCode::BadParameter, "pin_length is 1 to 9")),
        None => match &side.pin {
            Some(pin) if !taken.contains(pin.reveal()) => return Ok(()),
            Some(_) | None => LENGTH,
        },
    };
    side.pin = Some(free(platform.mint.number(), length, taken)?);
    Ok(())
}

/// The first pin of this length, from `start` on, that nobody has.
fn free(start: u64, length: u32, taken: &BTreeSet<String>) -> Result<Secret, No> {
    let pins = 10_u64.saturating_pow(length);
    let digits = usize::try_from(length).unwrap_or(1);
    // One more try than there are pins taken finds a free one, if there is one.
    let tries = (taken.len() as u64 + 1).min(pins);
    let mut candidates = (0..tries).map(|step| format!("{:0digits$}", (start % pins + step) % pins));
    let found = candidates.find(|pin| !taken.contains(pin));
    found
        .map(Secret::new)
        .ok_or_else(|| refuse(GreenPinCode::NoFreeGreenPin))
}

/// Every pin of other allocations that can be typed on one of these virtual numbers.
fn taken(platform: &Platform, tenant: &str, own: &str, vns: &[PhoneNumber]) -> BTreeSet<String> {
    let others = platform
        .allocated(tenant)
        .filter(|held| held.allocation.greenpin_id != own);
    let sides = others.flat_map(|held| [&held.allocation.a, &held.allocation.b]);
    sides
        .filter(|side| side.vns.iter().any(|vn| vns.contains(vn)))
        .filter_map(|side| Some(side.pin.as_ref()?.reveal().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_free_pin_is_found_and_then_there_is_none() {
        let mut taken: BTreeSet<String> = (0..9).map(|pin| pin.to_string()).collect();
        assert_eq!(free(3, 1, &taken).unwrap().reveal(), "9");
        taken.insert(String::from("9"));
        assert_eq!(free(3, 1, &taken).unwrap_err().code, Some(4));
    }

    #[test]
    fn zeros_in_front_count() {
        assert_eq!(free(7, 4, &BTreeSet::new()).unwrap().reveal(), "0007");
    }
}
