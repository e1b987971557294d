//! Whether a caller is let through, and to whom.

use exotel::greenpin::{AllocatedSide, Allocation, Usage};
use exotel::{PhoneNumber, Secret};

/// Who calls what, and the digits they entered.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) from: PhoneNumber,
    pub(crate) vn: PhoneNumber,
    /// Empty if none were entered.
    pub(crate) pin: Secret,
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Admission {
    /// The caller belongs to the allocation.
    Known { greenpin_id: String, other: PhoneNumber },
    /// A stranger gave the right pin, and belongs to it from now on.
    Verified { greenpin_id: String, other: PhoneNumber },
    /// The pin opens nothing.
    WrongPin,
    /// Party B may not call over this one.
    OneWay { greenpin_id: String },
    /// Nothing is allocated on this number.
    NoAllocation,
}

/// Decides, by the allocations that are in use.
///
/// A caller is known by their number, on the side whose virtual number was called, and enters that side's pin if it has
/// one. Anybody else is a stranger, whom a side's pin alone lets in (seed: greenpin-api, introduction).
pub(crate) fn admit<'a>(allocations: impl Iterator<Item = &'a Allocation>, asked: &Asked) -> Admission {
    let mut sides = Vec::new();
    for allocation in allocations {
        sides.push((allocation, &allocation.a, &allocation.b, true));
        sides.push((allocation, &allocation.b, &allocation.a, false));
    }
    let called = |side: &AllocatedSide| side.vns.iter().any(|vn| vn.same_as(&asked.vn));
    sides.retain(|(_, side, ..)| called(side));
    if sides.is_empty() {
        return Admission::NoAllocation;
    }
    let known = |side: &AllocatedSide| side.numbers.iter().any(|number| number.same_as(&asked.from));
    let opens = |side: &AllocatedSide| match &side.pin {
        Some(pin) => *pin == asked.pin,
        None => true,
    };
    let own = sides.iter().find(|(_, side, ..)| known(side) && opens(side));
    let stranger = || {
        let never_in = |side: &AllocatedSide| !known(side) && side.pin.is_some() && opens(side);
        sides
            .iter()
            .find(|(_, side, other, _)| never_in(side) && !known(other))
    };
    let Some((allocation, _, other, is_a)) = own.or_else(stranger) else {
        return Admission::WrongPin;
    };
    let greenpin_id = allocation.greenpin_id.clone();
    if !is_a && allocation.usage == Usage::OneWay {
        return Admission::OneWay { greenpin_id };
    }
    let other = other.numbers.first().cloned().unwrap_or_default();
    match own {
        Some(_) => Admission::Known { greenpin_id, other },
        None => Admission::Verified { greenpin_id, other },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(vn: &str, number: &str, pin: &str) -> AllocatedSide {
        AllocatedSide {
            vns: vec![PhoneNumber::from(vn)],
            numbers: vec![PhoneNumber::from(number)],
            pin: Some(Secret::from(pin)),
            ..AllocatedSide::default()
        }
    }

    fn allocation(usage: Usage) -> Allocation {
        Allocation {
            greenpin_id: "g".to_owned(),
            a: side("+918040000001", "+919800000001", "123"),
            b: side("+918040000002", "+919800000002", "0456"),
            usage,
            ..Allocation::default()
        }
    }

    fn ask(usage: Usage, from: &str, vn: &str, pin: &str) -> Admission {
        let asked = Asked {
            from: PhoneNumber::from(from),
            vn: PhoneNumber::from(vn),
            pin: Secret::from(pin),
        };
        admit([allocation(usage)].iter(), &asked)
    }

    #[test]
    fn a_known_caller_enters_the_pin_of_their_own_side() {
        let known = |other: &str| Admission::Known {
            greenpin_id: "g".to_owned(),
            other: PhoneNumber::from(other),
        };
        let two = || Usage::TwoWay;
        assert_eq!(
            ask(two(), "09800000001", "+918040000001", "123"),
            known("+919800000002")
        );
        assert_eq!(
            ask(two(), "+919800000002", "08040000002", "0456"),
            known("+919800000001")
        );
        assert_eq!(
            ask(two(), "+919800000001", "+918040000001", "456"),
            Admission::WrongPin
        );
        assert_eq!(
            ask(two(), "+919800000001", "+918040000001", ""),
            Admission::WrongPin
        );
    }

    #[test]
    fn a_stranger_needs_a_pin_and_is_named_as_verified() {
        let verified = Admission::Verified {
            greenpin_id: "g".to_owned(),
            other: PhoneNumber::from("+919800000002"),
        };
        assert_eq!(
            ask(Usage::TwoWay, "+919811111111", "+918040000001", "123"),
            verified
        );
        assert_eq!(
            ask(Usage::TwoWay, "+919811111111", "+918040000001", "999"),
            Admission::WrongPin
        );
    }

    #[test]
    fn one_way_is_one_way_and_other_numbers_are_nobodys() {
        let refused = Admission::OneWay {
            greenpin_id: "g".to_owned(),
        };
        assert_eq!(
            ask(Usage::OneWay, "+919800000002", "+918040000002", "0456"),
            refused
        );
        assert!(matches!(
            ask(Usage::OneWay, "+919800000001", "+918040000001", "123"),
            Admission::Known { .. }
        ));
        assert_eq!(
            ask(Usage::TwoWay, "+919800000001", "+918099999999", "123"),
            Admission::NoAllocation
        );
    }
}
