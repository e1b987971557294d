//! Users: agents as the vendor's app has them (`usermapping`).

use serde::{Deserialize, Serialize};

use crate::phone::DeviceName;
use crate::{Millis, PhoneNumber};

/// `GET /api/admin/users?after=&limit=&search=`. The vendor gives pages and no search: with `search`, this server looks
/// through at most ten of the vendor's pages (1,000 users) and says how far it came. Go on with `after` until `next` is
/// none. `limit` is 1 to 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    /// Those found. With `search`: the id, a name, the mail address or the number holds the text, in any case.
    pub users: Vec<UserView>,
    /// How many of the vendor's users were looked at for this page.
    pub looked_at: u32,
    /// The next page's `after`; none at the end.
    pub next: Option<String>,
}

/// A user. Also the answer of `GET /api/admin/users/{id}`, and of `PUT /api/admin/users/{id}/device` with
/// [`crate::phone::SetDevice`]. Without the SIP password.
///
/// `DELETE /api/admin/users/{id}` removes one for good: 204. `DELETE /api/admin/users`, with
/// [`super::confirm::Confirm`], removes all for good; `typed` is the name of the app in use, or its id where there
/// is no name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserView {
    /// Your own id of the person (`AppUserId`).
    pub id: String,
    /// Their name in the app.
    pub name: String,
    /// The vendor's id of the person in the account.
    pub vendor_id: String,
    /// Their name in the account.
    pub vendor_name: String,
    /// Mail address.
    pub email: String,
    /// Their telephone; empty if they have none. Masked where the reader may not see numbers.
    pub number: PhoneNumber,
    /// The number that their outbound calls show.
    pub virtual_number: PhoneNumber,
    /// Which device rings; none if all are off.
    pub device: Option<DeviceName>,
    /// Whether their browser can ring.
    pub voip: Voip,
    /// What they may do in the vendor's account: `admin`, `supervisor` or `user`.
    pub role: String,
    /// Whether they may call, if the vendor says.
    pub active: Option<bool>,
    /// The local account whose phone this is.
    pub account: Option<String>,
    /// When they were added, if the vendor says.
    pub created_at: Option<Millis>,
    /// When they were last changed, if the vendor says.
    pub updated_at: Option<Millis>,
}

/// Whether a user has a SIP account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voip {
    /// They have one; its password can be read.
    Ready,
    /// There is none, or it cannot be used.
    Missing {
        /// Why, and what to do: one or two sentences.
        why: String,
    },
}

/// A user to be. The body of `POST /api/admin/users`, answered with [`Added`]; and a row of a job.
///
/// A mail address that the account does not know makes a new user of the account, who may cost money: say so before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewUser {
    /// Your own id of the person (`AppUserId`).
    pub id: String,
    /// Their name in the app: two words of 3 to 20 characters each.
    pub name: String,
    /// Their name in the account, likewise; the same as `name` if empty.
    pub vendor_name: String,
    /// Mail address.
    pub email: String,
    /// Their telephone; empty if they have none.
    pub number: PhoneNumber,
    /// The number that their outbound calls show.
    pub virtual_number: PhoneNumber,
}

/// What became of a user who was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// As the vendor has them now.
    pub user: UserView,
    /// They were there already, with the same id and mail address; nothing was changed.
    pub was_there: bool,
}
