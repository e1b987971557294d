//! What cannot be taken back is typed first.

use serde::{Deserialize, Serialize};

/// The body of a `DELETE` that cannot be taken back. What must be typed, the route says. A wrong word is 422 with the
/// code `not_confirmed` and the field `typed`; nothing was asked of the vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// As typed; blanks around it do not count.
    pub typed: String,
}
