//! What a phone needs before it can ring.

use axum::http::StatusCode;
use exotel::SipSecretError;
use exotel::integrations::User;
use protocol::admin::policy::{EffectivePolicy, Feature, Rule};
use protocol::phone::{Features, IceServer, PhoneSetup, SipAccount};
use protocol::{Millis, Secret};

use super::{device, turn};
use crate::Refused;
use crate::config::Config;

/// The setup of the agent whom the vendor describes as `user`, and for whom `policy` holds.
///
/// # Errors
/// The vendor's SIP password cannot be read: the sentence says what to do.
pub fn of(
    config: &Config,
    user: &User,
    policy: EffectivePolicy,
    whole_numbers: bool,
    now: Millis,
) -> Result<PhoneSetup, Refused> {
    let phone = &config.phone;
    let stun = (!phone.stun.is_empty()).then(|| IceServer {
        urls: phone.stun.clone(),
        username: None,
        credential: None,
        expires_at: None,
    });
    let turn = phone
        .turn
        .as_ref()
        .map(|config| turn::server(config, &user.app_user_id, now));
    Ok(PhoneSetup {
        account: account(config, user)?,
        servers: phone.servers.clone(),
        ice: stun.into_iter().chain(turn).collect(),
        features: Features {
            platform_calls: !user.virtual_number.is_empty()
                && user.is_active != Some(false)
                && may(&policy, Feature::PlatformCalls),
            direct_calls: may(&policy, Feature::DirectCalls),
            whole_numbers,
        },
        device: device::state_of(user),
        policy,
        echo: phone.echo.clone(),
    })
}

fn may(policy: &EffectivePolicy, feature: Feature) -> bool {
    let its = policy.features.iter().find(|it| it.feature == feature);
    its.is_none_or(|it| it.rule != Rule::Forbidden)
}

/// The SIP account; none where the vendor's account has no VoIP.
fn account(config: &Config, user: &User) -> Result<Option<SipAccount>, Refused> {
    let Some(name) = user.sip_user() else {
        return Ok(None);
    };
    let password = match user.sip_secret.password() {
        Ok(password) => Secret::new(password.reveal()),
        Err(SipSecretError::Absent) => return Ok(None),
        Err(error @ (SipSecretError::Masked | SipSecretError::Undecipherable)) => {
            return Err(Refused::new(
                StatusCode::BAD_GATEWAY,
                "sip_secret",
                error.to_string(),
            ));
        }
    };
    // Some accounts give the whole address, domain included.
    let address = match name.contains('@') {
        true => format!("sip:{name}"),
        false => {
            let domain = config.vendor.hosts.sip_domain_of(&config.vendor.account_sid);
            format!("sip:{name}@{domain}")
        }
    };
    let display = match user.app_username.trim() {
        "" => user.exotel_user_name.clone(),
        name => name.to_owned(),
    };
    Ok(Some(SipAccount {
        address,
        password,
        display,
    }))
}
