//! Subscribers: who may use the vendor's voice SDK.

use serde::{Deserialize, Serialize};

use crate::{Millis, Secret};

/// `GET /api/admin/subscribers?status=&limit=&page=`. Pages are the vendor's own: `page` is one of the words below, and
/// then nothing else is read. There is no total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriberPage {
    /// The subscribers of this page.
    pub subscribers: Vec<SubscriberView>,
    /// Items of the page that the vendor could not give, in its words.
    pub failed: Vec<String>,
    /// The first page.
    pub first: Option<String>,
    /// The page before.
    pub previous: Option<String>,
    /// The next page; none at the end.
    pub next: Option<String>,
}

/// A subscriber. Also the answer of `GET /api/admin/subscribers/{name}`, of `POST /api/admin/subscribers` with
/// [`NewSubscriber`], and of `PUT /api/admin/subscribers/{name}` with [`SubscriberChange`].
/// `DELETE /api/admin/subscribers/{name}` deletes for good: 204.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriberView {
    /// 1 to 16 letters and digits; case counts.
    pub name: String,
    /// Whether they may call.
    pub status: SubscriberStatus,
    /// Your own note; may be empty.
    pub note: String,
    /// The local account that rings as this subscriber.
    pub account: Option<String>,
    /// When it was made, if the vendor says.
    pub created_at: Option<Millis>,
    /// When it was last changed, if the vendor says.
    pub updated_at: Option<Millis>,
}

/// Whether a subscriber may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberStatus {
    /// May call.
    Active,
    /// Suspended.
    Inactive,
    /// A word of the vendor's that this server does not know. Cannot be set.
    Other,
}

/// A subscriber to be: one, or a row of a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewSubscriber {
    /// 1 to 16 letters and digits. Some accounts refuse 16.
    pub name: String,
    /// Your own note; may be empty.
    pub note: String,
}

/// `PUT /api/admin/subscribers/{name}`: update, activate, suspend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriberChange {
    /// From now on.
    pub status: SubscriberStatus,
    /// From now on; none leaves the note as it is.
    #[serde(default)]
    pub note: Option<String>,
    /// The [`SubscriberView::updated_at`] that the editor saw. If it has changed since: 409 `changed_meanwhile`, and
    /// nothing is written. None writes whatever was there.
    #[serde(default)]
    pub seen: Option<Millis>,
}

/// `POST /api/admin/subscribers/{name}/token`: a token for one device. Made anew each time; this answer is the only place
/// where it is: not kept, not logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// An id of the device that stays the same.
    pub device: String,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriberToken {
    /// JSON text, to be handed to the phone as it is.
    pub token: Secret,
    /// When access ends.
    pub access_ends: Millis,
    /// When the whole token ends.
    pub refresh_ends: Millis,
}
