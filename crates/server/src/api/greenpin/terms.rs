//! What an admin asks for, in the vendor's words.

use exotel::greenpin::{AllocationChange, DeallocationPolicy, Pin, Side, Usage};
use exotel::{PhoneNumber, Secret};
use protocol::greenpin::{self as ours, AllocationTerms, PartyTerms};

/// The vendor's types check the rules when the request is made.
pub(super) fn read(terms: AllocationTerms) -> AllocationChange {
    AllocationChange {
        a: terms.a.map(side).unwrap_or_default(),
        b: terms.b.map(side).unwrap_or_default(),
        usage: terms.usage.map(|usage| match usage {
            ours::Usage::OneWay => Usage::OneWay,
            ours::Usage::TwoWay => Usage::TwoWay,
        }),
        deallocation_policy: terms.duration.map(|duration| DeallocationPolicy { duration }),
    }
}

fn side(party: PartyTerms) -> Side {
    let pin = match (party.pin, party.pin_length) {
        (Some(pin), _) => Some(Pin::Given(Secret::new(pin.reveal()))),
        (None, length) => length.map(Pin::OfLength),
    };
    Side {
        vns: party.vns.iter().map(number).collect(),
        numbers: party.numbers.iter().map(number).collect(),
        pin,
    }
}

fn number(number: &protocol::PhoneNumber) -> PhoneNumber {
    PhoneNumber::as_given(number.reveal())
}
