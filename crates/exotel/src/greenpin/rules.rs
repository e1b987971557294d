//! The documented rules that requests share. One sentence each; none quotes a number or a pin.

use super::{Side, Usage};
use crate::{Invalid, Secret};

/// The most numbers of one party.
pub(super) const MOST_NUMBERS: usize = 10;

pub(super) fn pin(pin: &Secret) -> Result<(), Invalid> {
    let text = pin.reveal();
    match (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(()),
        false => Err(Invalid::new("pin", "A pin is 1 to 9 digits.")),
    }
}

pub(super) fn pin_length(length: u32) -> Result<(), Invalid> {
    match length {
        1..=9 => Ok(()),
        _ => Err(Invalid::new("pin_length", "A pin's length is 1 to 9.")),
    }
}

pub(super) fn usage(usage: Option<&Usage>) -> Result<(), Invalid> {
    match usage {
        None | Some(Usage::OneWay | Usage::TwoWay) => Ok(()),
        Some(Usage::Other(_)) => Err(Invalid::new("usage", "Usage is oneway or twoway.")),
    }
}

/// Both parties' own rules, then the one between them.
pub(super) fn sides(a: &Side, b: &Side) -> Result<(), Invalid> {
    a.check("a")?;
    b.check("b")?;
    match a
        .numbers
        .iter()
        .any(|one| b.numbers.iter().any(|other| one.same_as(other)))
    {
        false => Ok(()),
        true => Err(Invalid::new("b.numbers", "A number belongs to one party only.")),
    }
}
