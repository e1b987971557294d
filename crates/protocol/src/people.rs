//! Local accounts, for admins.

use serde::{Deserialize, Serialize};

use crate::session::Role;
use crate::{Millis, Secret};

/// An account: an entry of the answer of `GET /api/people`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Lower case, unique.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their `AppUserId` at the vendor; none for somebody without a phone.
    pub agent: Option<String>,
    /// Their subscriber's name at the vendor.
    pub subscriber: Option<String>,
    /// May not sign in.
    pub disabled: bool,
    /// Whether there is a password; without one, they sign in by ticket only.
    pub has_password: bool,
    /// When they were added.
    pub created_at: Millis,
}

/// `PUT /api/people/{name}`: adds the account, or writes over it. Then it is signed out everywhere, unless nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChange {
    /// What they may do.
    pub role: Role,
    /// Their `AppUserId`.
    #[serde(default)]
    pub agent: Option<String>,
    /// Their subscriber's name.
    #[serde(default)]
    pub subscriber: Option<String>,
    /// May not sign in.
    #[serde(default)]
    pub disabled: bool,
    /// A new password; without, the old one stays.
    #[serde(default)]
    pub password: Option<Secret>,
}
