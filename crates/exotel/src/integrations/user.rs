//! An agent: a person of the app, tied to a user of the account and to their devices.

use serde::{Deserialize, Serialize};

use crate::lenient::{self, Hidden, More};
use crate::word::words;
use crate::{PhoneNumber, SipSecret, Timestamp, sip_secret};

words! {
    /// What a user may do in the account.
    pub enum Role {
        /// Everything.
        Admin = "admin",
        /// See others' calls.
        Supervisor = "supervisor",
        /// Call.
        User = "user",
    }
}

/// A user, as every operation on users returns them. Holds the SIP password: each agent may see their own only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct User {
    /// Whose app it is.
    #[serde(alias = "CustomerID", default, deserialize_with = "lenient::text")]
    pub customer_id: String,
    /// The app.
    #[serde(
        rename = "AppID",
        alias = "AppId",
        default,
        deserialize_with = "lenient::text"
    )]
    pub app_id: String,
    /// The customer's own id of the person.
    #[serde(alias = "AppUserID", deserialize_with = "lenient::text")]
    pub app_user_id: String,
    /// The account.
    #[serde(default, deserialize_with = "lenient::text")]
    pub exotel_account_sid: String,
    /// The account's id of the person.
    #[serde(alias = "ExotelUserID", default, deserialize_with = "lenient::text")]
    pub exotel_user_id: String,
    /// Their name in the app.
    #[serde(alias = "AppUserName", default, deserialize_with = "lenient::text")]
    pub app_username: String,
    /// Their name in the account.
    #[serde(alias = "ExotelUsername", default, deserialize_with = "lenient::text")]
    pub exotel_user_name: String,
    /// Their telephone.
    #[serde(default)]
    pub agent_number: PhoneNumber,
    /// The device that rings now; empty if none does.
    #[serde(alias = "ActiveDeviceID", default, deserialize_with = "lenient::text")]
    pub active_device_id: String,
    /// Their telephone, as a device.
    #[serde(
        rename = "PhoneDeviceID",
        alias = "PhoneDeviceId",
        default,
        deserialize_with = "lenient::text"
    )]
    pub phone_device_id: String,
    /// Their browser, as a device.
    #[serde(
        rename = "SipDeviceID",
        alias = "SipDeviceId",
        default,
        deserialize_with = "lenient::text"
    )]
    pub sip_device_id: String,
    /// The number that outbound calls show. Where it is empty, `outbound_call` fails.
    #[serde(default)]
    pub virtual_number: PhoneNumber,
    /// Their mail address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    /// Undocumented.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub outbound_active: Option<bool>,
    /// What they may do.
    #[serde(default)]
    pub role: Role,
    /// Their SIP address, with its `sip:`; callbacks name them by it. Empty where the account has no VoIP.
    #[serde(alias = "SipID", default, deserialize_with = "lenient::text")]
    pub sip_id: String,
    /// Their SIP password, in one of three forms.
    #[serde(default, serialize_with = "sip_secret::reveal")]
    pub sip_secret: SipSecret,
    /// Whether they may call.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub is_active: Option<bool>,
    /// Undocumented; `null` in the samples.
    #[serde(default)]
    pub user_detail: Hidden,
    /// When they were added.
    #[serde(default)]
    pub created_at: Timestamp,
    /// When they were last changed.
    #[serde(default)]
    pub updated_at: Timestamp,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

impl User {
    /// The user part for SIP, also the user of its digest: the SIP address without `sip:`. `None` where the account
    /// has no VoIP.
    pub fn sip_user(&self) -> Option<&str> {
        let user = self.sip_id.strip_prefix("sip:").unwrap_or(&self.sip_id);
        (!user.is_empty()).then_some(user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_stripped_once() {
        let user = |sip_id: &str| User {
            sip_id: sip_id.to_owned(),
            ..User::default()
        };
        assert_eq!(user("sip:a4343j").sip_user(), Some("a4343j"));
        assert_eq!(user("sip:sip:a").sip_user(), Some("sip:a"));
        assert_eq!(user("a4343j").sip_user(), Some("a4343j"));
        assert_eq!(user("sip:").sip_user(), None);
    }
}
