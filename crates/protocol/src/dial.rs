//! Whom to connect, told before the platform asks (seed: voice-client-sdk-guide §5.1.1).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Millis, PhoneNumber};

/// What of the platform's question chooses a destination. The first match wins, in this order.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DialKey {
    /// The `CustomField` of the question: the `message` given when the call was dialled.
    Message(String),
    /// The caller, a number or `sip:` address.
    Caller(PhoneNumber),
    /// The called ExoPhone.
    Called(PhoneNumber),
}

/// Numbers hide themselves; a message is the CRM's own text and may hold one.
impl fmt::Debug for DialKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(_) => f.write_str("Message(•)"),
            Self::Caller(number) => f.debug_tuple("Caller").field(number).finish(),
            Self::Called(number) => f.debug_tuple("Called").field(number).finish(),
        }
    }
}

/// `PUT /api/dial-contexts`: a list of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialContext {
    /// When it applies.
    pub key: DialKey,
    /// The subscriber to ring, without `sip:`.
    pub destination: String,
    /// The number that the destination sees.
    #[serde(default)]
    pub outgoing_number: PhoneNumber,
    /// Whether to record.
    #[serde(default)]
    pub record: bool,
    /// When it ends; none for good.
    #[serde(default)]
    pub expires_at: Option<Millis>,
    /// Who calls: shown to the agent before they answer. Only under a key of a caller.
    #[serde(default)]
    pub customer: Option<Customer>,
}

/// A customer, as a CRM tells of them.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Customer {
    /// Their name, 1 to 100 characters.
    pub name: String,
    /// A line about them, at most 300 characters.
    #[serde(default)]
    pub about: String,
    /// Their page in the CRM, an `https:` address; empty for none.
    #[serde(default)]
    pub link: String,
}

/// Whose it is stays out of logs.
impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Customer(•)")
    }
}
