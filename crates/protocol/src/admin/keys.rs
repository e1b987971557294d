//! API keys: with one, a CRM's backend asks for tickets and tells whom to connect.

use serde::{Deserialize, Serialize};

use crate::{Millis, Secret};

/// `GET /api/admin/keys`: by name, then by age. `DELETE /api/admin/keys/{name}` makes a key useless from now on: 204, or
/// 404 where no good one is called so. What it has opened stays open: sessions are ended by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyList {
    /// The keys, revoked ones too.
    pub keys: Vec<KeyView>,
}

/// A key, without its secret: nobody has that but who was told it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyView {
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// No longer good.
    pub revoked: bool,
}

/// `POST /api/admin/keys`; answered with [`MadeKey`]. A name that a good key has is 422 with the field `name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// What to call it, such as the CRM: 1 to 64 letters, digits and the signs `.`, `_`, `-`.
    pub name: String,
}

/// A key that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeKey {
    /// What it is called.
    pub name: String,
    /// The key. This answer is the only place where it is: here only its hash is kept.
    pub key: Secret,
}
