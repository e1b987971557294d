//! Users in words.

use leptos::prelude::*;
use protocol::admin::users::Voip;
use protocol::phone::DeviceName;
use softphone::language::t;

use crate::screens::pieces::list::pill;

/// The device that rings.
pub(crate) fn device(device: Option<DeviceName>) -> &'static str {
    match device {
        Some(DeviceName::Phone) => t("Telephone"),
        Some(DeviceName::Sip) => t("Browser"),
        None => t("Off"),
    }
}

/// Whether their browser can ring.
pub(crate) fn voip(voip: &Voip) -> AnyView {
    match voip {
        Voip::Ready => pill("good", t("VoIP ready")),
        Voip::Missing { .. } => pill("bad", t("VoIP missing")),
    }
}
