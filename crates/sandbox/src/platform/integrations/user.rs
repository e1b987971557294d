//! A user of an app as the platform describes them.

use exotel::integrations::{App, Role, User};
use exotel::{IST, PhoneNumber, SipSecret, Timestamp};
use serde_json::{Value, json};

use super::super::records::{Coworker, Mapping};
use super::super::{Device, Platform, Quirk, Quirks};

/// Every field of the user object.
pub(crate) fn describe(platform: &Platform, app: &App, mapping: &Mapping) -> Value {
    let asked = &mapping.user;
    let Some(coworker) = platform.records.coworker(asked) else {
        return Value::Null;
    };
    let quirks = &platform.quirks;
    let time = |ms| match quirks.has(Quirk::YearOne) {
        true => Timestamp::as_given("0001-01-01T00:00:00Z"),
        false => Timestamp::at(ms, IST),
    };
    let active = mapping.devices.active();
    let voip = !quirks.has(Quirk::NoVoip);
    json!(User {
        customer_id: app.customer_id.clone(),
        app_id: app.app_id.clone(),
        app_user_id: asked.app_user_id.clone(),
        exotel_account_sid: asked.exotel_account_sid.clone(),
        exotel_user_id: coworker.exotel_user_id.clone(),
        app_username: asked.app_username.clone(),
        exotel_user_name: asked.exotel_user_name.clone(),
        agent_number: asked.agent_number.clone().unwrap_or_default(),
        active_device_id: match active {
            Some(Device::Phone) => coworker.phone_device_id.clone(),
            Some(Device::Sip) => coworker.sip_device_id.clone(),
            None => String::new(),
        },
        phone_device_id: phone_device(coworker, asked.agent_number.as_ref()),
        sip_device_id: coworker.sip_device_id.clone(),
        virtual_number: asked.virtual_number.clone(),
        email: asked.email.clone(),
        outbound_active: Some(active.is_some()),
        role: Role::Admin,
        sip_id: if voip {
            format!("sip:{}", coworker.sip_user)
        } else {
            String::new()
        },
        sip_secret: if voip {
            secret(quirks, coworker)
        } else {
            SipSecret::default()
        },
        is_active: Some(true),
        created_at: time(mapping.created),
        updated_at: time(mapping.updated),
        ..User::default()
    })
}

fn phone_device(coworker: &Coworker, number: Option<&PhoneNumber>) -> String {
    number.map_or_else(String::new, |_| coworker.phone_device_id.clone())
}

/// The password in the form that the switches ask for; the live one is enciphered.
fn secret(quirks: &Quirks, coworker: &Coworker) -> SipSecret {
    if quirks.has(Quirk::SipSecretMasked) {
        SipSecret::as_given("*****")
    } else if quirks.has(Quirk::SipSecretPlain) {
        SipSecret::as_given(coworker.password.reveal())
    } else {
        SipSecret::encrypt(&coworker.password, coworker.iv)
    }
}
