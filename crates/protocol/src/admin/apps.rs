//! Apps: each holds the settings and users of one account. This server uses one at a time.

use serde::{Deserialize, Serialize};

use crate::{Millis, Secret};

/// `GET /api/admin/apps`: the customer's apps, the one in use first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppList {
    /// The apps.
    pub apps: Vec<AppView>,
}

/// An app. Also the answer of `GET /api/admin/apps/{id}`, of `POST /api/admin/apps` with [`NewApp`], and of
/// `PUT /api/admin/apps/{id}/use` with [`UseApp`].
///
/// `DELETE /api/admin/apps/{id}`, with [`super::confirm::Confirm`], deletes it at the vendor with its settings and users,
/// for good; `typed` is its name, or the id where there is no name. The app in use is refused with `app_in_use`: use
/// another one first. One whose secret is not kept here is refused with `app_secret_needed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppView {
    /// The vendor's id.
    pub id: String,
    /// For people.
    pub name: String,
    /// The account that calls.
    pub account_sid: String,
    /// Where the account lives.
    pub region: String,
    /// Whether it may call.
    pub active: Option<bool>,
    /// Whether this server works with it.
    pub used: bool,
    /// Whether this server has its secret, so that it can be used or deleted without typing it.
    pub secret_known: bool,
    /// When it was made, if the vendor says.
    pub created_at: Option<Millis>,
    /// When it was last changed, if the vendor says.
    pub updated_at: Option<Millis>,
}

/// `POST /api/admin/apps`: a new app of the configured account. Its secret is kept here, sealed, and shown to nobody.
/// It is not used until somebody says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApp {
    /// For people.
    pub name: String,
    /// Whether it may call at once.
    pub active: bool,
}

/// `PUT /api/admin/apps/{id}/use`: from now on, and after a restart, this server works with this app. The secret is tried
/// before anything changes. Install the webhooks afterwards: each app has its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UseApp {
    /// Its secret, where this server does not know it.
    pub secret: Option<Secret>,
}
