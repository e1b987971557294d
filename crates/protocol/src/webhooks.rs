//! Webhooks, for admins: whether the account sends them here, and what came.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// `GET /api/webhooks/drift`, and the answer to `POST /api/webhooks/install`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookSettings {
    /// Every setting of the app that is documented.
    pub settings: Vec<WebhookSetting>,
}

/// One setting of the vendor's app. Secrets in it are dots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookSetting {
    /// Its key, as the vendor spells it.
    pub key: String,
    /// What the vendor has; none if it is not set. Of an address that is not ours, the host only.
    pub found: Option<String>,
    /// What installing writes; none for one that is yours to choose.
    pub wanted: Option<String>,
    /// How the two compare.
    pub drift: Drift,
}

/// How a setting compares with what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drift {
    /// As wanted.
    None,
    /// It comes here, with the older of the two live secrets: install before that one is removed.
    OlderSecret,
    /// It is not set.
    Missing,
    /// It goes somewhere else, or here under an address that is refused; one that is no webhook is set otherwise.
    Elsewhere,
    /// Recording, streaming or playback, and the configuration says nothing of it: installing leaves it as it is.
    YourChoice,
}

/// `GET /api/webhooks/deliveries?before=&limit=&whole=`: newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryPage {
    /// The webhooks of this page.
    pub deliveries: Vec<DeliveryView>,
    /// The next page's `before`; none at the end.
    pub next: Option<i64>,
}

/// A webhook that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryView {
    /// Its id.
    pub id: i64,
    /// Which webhook: `popup`, `callback` and so on.
    pub kind: String,
    /// When it came.
    pub received_at: Millis,
    /// The call it is about.
    pub call_sid: Option<String>,
    /// Why nothing came of it, if nothing did.
    pub unread: Option<String>,
    /// Its fields as JSON text, without pins; numbers are dots unless `whole=true`.
    pub body: String,
}

/// `POST /api/webhooks/deliveries/{id}/replay`: what it says of its call is taken in once more. Harmless at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replayed {
    /// Whether that changed what anybody sees.
    pub changed: bool,
}
