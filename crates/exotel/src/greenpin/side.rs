//! One party of an allocation, as it is asked for.

use serde::{Deserialize, Serialize};

use super::rules;
use crate::lenient;
use crate::secret::reveal_option;
use crate::{Invalid, PhoneNumber, Secret};

/// Party A or B of a request (seed: greenpin-api, create parameters `a.*` and `b.*`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(into = "Wire", from = "Wire")]
pub struct Side {
    /// Virtual numbers this party calls. A party without takes the other's.
    pub vns: Vec<PhoneNumber>,
    /// The party's own numbers in E.164, at most 10.
    pub numbers: Vec<PhoneNumber>,
    /// The party's pin, if not as the account's settings say.
    pub pin: Option<Pin>,
}

/// A pin, or how long the platform shall make one. Never both: the platform ignores a length beside a pin, and
/// samples contradict themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pin {
    /// This pin, 1 to 9 digits; leading zeros count.
    Given(Secret),
    /// One the platform makes, of 1 to 9 digits; 4 by default.
    OfLength(u32),
}

impl Side {
    /// Whether nothing was filled in, so that the party is left out of the request.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The rules for one party; `name` is `a` or `b`.
    pub(super) fn check(&self, name: &'static str) -> Result<(), Invalid> {
        let within = |inner: Invalid| Invalid::new(format!("{name}.{}", inner.field), inner.rule);
        if self.numbers.len() > rules::MOST_NUMBERS {
            return Err(within(Invalid::new("numbers", "A party has at most 10 numbers.")));
        }
        let indexed = |list: &str, index: usize, inner: Invalid| {
            Invalid::new(format!("{name}.{list}[{index}]"), inner.rule)
        };
        for (index, number) in self.numbers.iter().enumerate() {
            number
                .must_be_e164("number")
                .map_err(|inner| indexed("numbers", index, inner))?;
        }
        for (index, vn) in self.vns.iter().enumerate() {
            vn.must_be_dialable("vn")
                .map_err(|inner| indexed("vns", index, inner))?;
        }
        match &self.pin {
            Some(Pin::Given(pin)) => rules::pin(pin).map_err(within),
            Some(Pin::OfLength(length)) => rules::pin_length(*length).map_err(within),
            None => Ok(()),
        }
    }
}

/// The party on the wire.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Wire {
    #[serde(deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    vns: Vec<PhoneNumber>,
    #[serde(deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<PhoneNumber>,
    #[serde(serialize_with = "reveal_option", skip_serializing_if = "Option::is_none")]
    pin: Option<Secret>,
    /// A number or a numeric string; a number when written.
    #[serde(deserialize_with = "lenient::int", skip_serializing_if = "Option::is_none")]
    pin_length: Option<i64>,
}

impl From<Side> for Wire {
    fn from(side: Side) -> Self {
        let (pin, pin_length) = match side.pin {
            Some(Pin::Given(pin)) => (Some(pin), None),
            Some(Pin::OfLength(length)) => (None, Some(length.into())),
            None => (None, None),
        };
        Self {
            vns: side.vns,
            numbers: side.numbers,
            pin,
            pin_length,
        }
    }
}

impl From<Wire> for Side {
    fn from(wire: Wire) -> Self {
        let given = wire.pin.filter(|pin| !pin.is_empty()).map(Pin::Given);
        // Out of range stays out of range, so that the rule can refuse it.
        let length = wire
            .pin_length
            .map(|length| Pin::OfLength(u32::try_from(length).unwrap_or(u32::MAX)));
        Self {
            vns: wire.vns,
            numbers: wire.numbers,
            pin: given.or(length),
        }
    }
}
