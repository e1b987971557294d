//! The customer: whom the vendor's apps belong to.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// `GET /api/admin/customer`. `DELETE` of the same address, with [`super::confirm::Confirm`], deletes the customer at the
/// vendor with all apps, settings and users, for good; `typed` is the customer's name, or the id where there is no name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerView {
    /// The vendor's id.
    pub id: String,
    /// For people; may be empty.
    pub name: String,
    /// Mail address; may be empty.
    pub email: String,
    /// When it was made, if the vendor says.
    pub created_at: Option<Millis>,
    /// When it was last changed, if the vendor says.
    pub updated_at: Option<Millis>,
    /// Whether the vendor says that it is deleted.
    pub deleted: bool,
}
