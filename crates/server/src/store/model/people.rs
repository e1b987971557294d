//! Who may come in: people, sessions, tickets, keys.

use super::TokenHash;
use protocol::Millis;
use protocol::session::Role;

/// A local account.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Lower case, unique.
    pub name: String,
    /// PHC string of argon2id; empty for somebody who signs in by ticket only.
    pub password_hash: String,
    /// What they may do.
    pub role: Role,
    /// Their `AppUserId` at the vendor.
    pub agent: Option<String>,
    /// Their subscriber's name at the vendor, for push notifications and dial-whom.
    pub subscriber: Option<String>,
    /// May not sign in.
    pub disabled: bool,
    /// When they were added.
    pub created_at: Millis,
}

/// How a session's secret travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// In a `__Host-` cookie, at top level.
    Cookie,
    /// In the `Authorization` header, from a frame inside a page of this origin.
    Bearer {
        /// The embedding page's origin.
        embedded_in: String,
    },
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Of its secret.
    pub hash: TokenHash,
    /// Whose.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their `AppUserId`.
    pub agent: Option<String>,
    /// How it travels.
    pub carrier: Carrier,
    /// When it began.
    pub created_at: Millis,
    /// When it ends.
    pub expires_at: Millis,
}

/// A one-time ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTicket {
    /// Of its secret.
    pub hash: TokenHash,
    /// The account it signs in.
    pub name: String,
    /// The only origin it is good on.
    pub origin: String,
    /// When it ends.
    pub expires_at: Millis,
}

/// A key of a CRM's backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Of its secret.
    pub hash: TokenHash,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// No longer good.
    pub revoked: bool,
}
