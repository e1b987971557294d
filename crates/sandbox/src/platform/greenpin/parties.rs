//! The two parties of an allocation: their numbers, and whether those clash.

use exotel::PhoneNumber;
use exotel::greenpin::{AllocatedSide, Allocation, GreenPinCode, Pin, Side};

use super::super::{No, Platform};
use super::{because, refuse};

/// The most numbers of one party.
const MOST_NUMBERS: usize = 10;

/// A party as asked for, its numbers with country codes, without a pin yet.
pub(super) fn party(name: &str, asked: &Side) -> Result<AllocatedSide, No> {
    if asked.numbers.len() > MOST_NUMBERS {
        return Err(because(
            GreenPinCode::BadParameter,
            format!("{name} has more than 10 numbers"),
        ));
    }
    Ok(AllocatedSide {
        vns: asked.vns.iter().map(e164).collect::<Result<_, _>>()?,
        numbers: asked.numbers.iter().map(e164).collect::<Result<_, _>>()?,
        ..AllocatedSide::default()
    })
}

/// A number with its country code; ten digits are Indian.
fn e164(number: &PhoneNumber) -> Result<PhoneNumber, No> {
    let text = number.reveal();
    let digits = text.strip_prefix(['0', '+']).unwrap_or(text);
    let number = match digits.len() {
        10 if !text.starts_with('+') => PhoneNumber::as_given(["+91", digits].concat()),
        12 if text.starts_with("91") => PhoneNumber::as_given(["+", digits].concat()),
        _ => number.clone(),
    };
    if !number.is_e164() {
        return Err(refuse(GreenPinCode::InvalidNumber));
    }
    // No country has this code, so no account covers it.
    match number.reveal().starts_with("+999") {
        true => Err(refuse(GreenPinCode::UnsupportedRegion)),
        false => Ok(number),
    }
}

/// Both parties together: a missing list of virtual numbers is the other's, and nobody is on both sides.
pub(super) fn join(allocation: &mut Allocation) -> Result<(), No> {
    let (a, b) = (&mut allocation.a, &mut allocation.b);
    if a.vns.is_empty() {
        a.vns.clone_from(&b.vns);
    }
    if b.vns.is_empty() {
        b.vns.clone_from(&a.vns);
    }
    if a.numbers.iter().any(|number| b.numbers.contains(number)) {
        return Err(refuse(GreenPinCode::SameNumberOnBothSides));
    }
    Ok(())
}

/// Refuses what another allocation on the same virtual numbers has already: the same people with another pin, or
/// nobody new. What exactly the vendor compares is not documented.
pub(super) fn clash(
    platform: &Platform,
    tenant: &str,
    wanted: &Allocation,
    pins: [Option<&Pin>; 2],
) -> Result<(), No> {
    for held in platform.allocated(tenant) {
        let other = &held.allocation;
        let same = other.greenpin_id != wanted.greenpin_id
            && within(&wanted.a, &other.a)
            && within(&wanted.b, &other.b)
            && wanted.a.vns.iter().any(|vn| other.a.vns.contains(vn));
        if !same {
            continue;
        }
        let differs = |given: Option<&Pin>, theirs: &AllocatedSide| match given {
            Some(Pin::Given(pin)) => theirs.pin.as_ref() != Some(pin),
            Some(Pin::OfLength(_)) | None => false,
        };
        let [a, b] = pins;
        return Err(refuse(match differs(a, &other.a) || differs(b, &other.b) {
            true => GreenPinCode::NumberHasAnotherPin,
            false => GreenPinCode::AllDuplicates,
        }));
    }
    Ok(())
}

/// Whether all numbers of one party are in the other; a party without numbers is only in one without.
fn within(one: &AllocatedSide, other: &AllocatedSide) -> bool {
    one.numbers.is_empty() == other.numbers.is_empty()
        && one.numbers.iter().all(|number| other.numbers.contains(number))
}
