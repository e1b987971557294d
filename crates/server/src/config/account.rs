//! The sections about the vendor: the account, its webhooks, its question whom to connect.

use std::time::Duration;

use exotel::config::{Hosts, Region};
use exotel::hooks::DialWhomAnswer;
use exotel::{ApiKey, GreenPinLogin, Secret};

use super::document::Written;
use super::fault::Place;
use super::reader::{Parsed, Reader};
use super::{AppSettings, DialWhomConfig, HooksConfig, VendorConfig, values};

/// The shortest secret of a path: 22 characters of base64url are 128 bits.
const SHORTEST_SECRET: usize = 22;

/// `[vendor]`
pub(super) fn vendor(reader: &mut Reader) -> VendorConfig {
    let region = reader.or("vendor.region", Region::Mumbai, |written| {
        match values::text(written)?.as_str() {
            "mumbai" => Ok(Region::Mumbai),
            "singapore" => Ok(Region::Singapore),
            _ => Err("Write the account's region: \"mumbai\" or \"singapore\".".to_owned()),
        }
    });
    VendorConfig {
        hosts: hosts(reader, region),
        account_sid: reader.required(
            "vendor.account_sid",
            "Write the account's sid, from the vendor's API settings page.",
            word,
        ),
        api_key: api_key(reader),
        greenpin: greenpin(reader),
        customer: customer(reader),
        app: app(reader),
        app_settings: app_settings(reader),
        time_zone: reader.or("vendor.time_zone", exotel::IST, values::zone),
        timeout: reader.or(
            "vendor.timeout",
            Duration::from_secs(10),
            values::duration("1s", "60s"),
        ),
    }
}

/// `[vendor.hosts]`: addresses that differ from the region's.
fn hosts(reader: &mut Reader, region: Region) -> Hosts {
    let of = Hosts::of(region);
    Hosts {
        integrations: reader.or("vendor.hosts.integrations", of.integrations, values::base),
        subscribers: reader.or("vendor.hosts.subscribers", of.subscribers, values::base),
        miles: reader.or("vendor.hosts.miles", of.miles, values::base),
        greenpin: reader.or("vendor.hosts.greenpin", of.greenpin, values::base),
        voice_v1: reader.or("vendor.hosts.voice_v1", of.voice_v1, values::base),
        voice_v3: reader.or("vendor.hosts.voice_v3", of.voice_v3, values::base),
        sip_edge: reader.or("vendor.hosts.sip_edge", of.sip_edge, values::websocket),
        sip_domain: reader.or("vendor.hosts.sip_domain", of.sip_domain, word),
    }
}

fn api_key(reader: &mut Reader) -> Option<ApiKey> {
    let key = reader.secret("vendor.api_key", "vendor.api_key_file");
    let token = reader.secret("vendor.api_token", "vendor.api_token_file");
    let (key, token) = both(reader, ("vendor.api_key", key), ("vendor.api_token", token))?;
    Some(ApiKey { key, token })
}

fn greenpin(reader: &mut Reader) -> Option<GreenPinLogin> {
    let user = reader.secret("vendor.greenpin_user", "vendor.greenpin_user_file");
    let password = reader.secret("vendor.greenpin_password", "vendor.greenpin_password_file");
    let (user, password) = both(
        reader,
        ("vendor.greenpin_user", user),
        ("vendor.greenpin_password", password),
    )?;
    Some(GreenPinLogin { user, password })
}

fn customer(reader: &mut Reader) -> Option<(String, Secret)> {
    let id = reader.optional("vendor.customer_id", values::text);
    let secret = reader.secret("vendor.customer_secret", "vendor.customer_secret_file");
    both(
        reader,
        ("vendor.customer_id", id),
        ("vendor.customer_secret", secret),
    )
}

fn app(reader: &mut Reader) -> (String, Secret) {
    let id = reader.required(
        "vendor.app_id",
        "Write the app's id: POST /app of the Integrations API gave it.",
        values::text,
    );
    let is_written = ["vendor.app_secret", "vendor.app_secret_file"]
        .iter()
        .any(|key| reader.place(key).is_some());
    let secret = reader.secret("vendor.app_secret", "vendor.app_secret_file");
    if !is_written {
        let write = "Write the app's secret, or app_secret_file = \"a file that holds it\".";
        reader.missing("vendor.app_secret", write);
    }
    (id, secret.unwrap_or_default())
}

/// `[vendor.app_settings]`: what installing webhooks writes besides.
fn app_settings(reader: &mut Reader) -> AppSettings {
    let streaming = reader.optional("vendor.app_settings.streaming", values::websocket);
    let playback = reader.optional("vendor.app_settings.playback", values::web);
    AppSettings {
        record: reader.optional("vendor.app_settings.record", values::flag),
        streaming: streaming.map(Secret::new),
        playback: playback.map(Secret::new),
    }
}

/// Two that only make sense together.
fn both<A, B>(reader: &mut Reader, one: (&str, Option<A>), two: (&str, Option<B>)) -> Option<(A, B)> {
    let (missing, other) = match (one.1, two.1) {
        (Some(a), Some(b)) => return Some((a, b)),
        (None, None) => return None,
        (Some(_), None) => (two.0, one.0),
        (None, Some(_)) => (one.0, two.0),
    };
    // A bad value has its own fault already.
    if !reader.faults.iter().any(|fault| fault.key.starts_with(missing)) {
        reader.missing(missing, &format!("It goes with {other}: write both, or neither."));
    }
    None
}

/// `[hooks]`
pub(super) fn hooks(reader: &mut Reader) -> HooksConfig {
    let place = reader
        .place("hooks.secrets")
        .or_else(|| reader.place("hooks.secrets_file"));
    let secrets = reader.secrets("hooks.secrets", "hooks.secrets_file");
    let secrets = match (place, secrets) {
        (None, _) => {
            let write = "Webhooks are not signed, the secret in their path is what keeps others out. Write \
                secrets = [\"…\"] with what `softphone-server secret` prints.";
            reader.missing("hooks.secrets", write);
            Vec::new()
        }
        (Some(place), Some(secrets)) => checked(reader, place, secrets),
        (Some(_), None) => Vec::new(),
    };
    let written = reader
        .place("hooks.basic")
        .or_else(|| reader.place("hooks.basic_file"));
    let basic = reader
        .secrets("hooks.basic", "hooks.basic_file")
        .unwrap_or_default();
    let pair = |secret: &Secret| {
        let (user, password) = secret.reveal().split_once(':')?;
        let good = !user.is_empty() && !password.is_empty();
        good.then(|| (user.to_owned(), Secret::from(password)))
    };
    let pairs: Option<Vec<_>> = basic.iter().map(pair).collect();
    if pairs.is_none() {
        let words = "Write each as \"user:password\".".to_owned();
        reader.fault(written.unwrap_or(Place::File), "hooks.basic", words);
    }
    HooksConfig {
        secrets,
        basic: pairs.unwrap_or_default(),
    }
}

fn checked(reader: &mut Reader, place: Place, secrets: Vec<Secret>) -> Vec<Secret> {
    let strong = |secret: &Secret| {
        let text = secret.reveal();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        text.len() >= SHORTEST_SECRET && text.bytes().all(plain)
    };
    let words = match secrets.len() {
        1 | 2 if secrets.iter().all(strong) => return secrets,
        1 | 2 => {
            "A secret has at least 22 letters, digits, - or _. Write what `softphone-server secret` prints."
        }
        _ => "Write one secret, or two while the old one is still in use.",
    };
    reader.fault(place, "hooks.secrets", words.to_owned());
    Vec::new()
}

/// `[dial_whom]`
pub(super) fn dial_whom(reader: &mut Reader) -> DialWhomConfig {
    DialWhomConfig {
        fallback: reader.optional("dial_whom.fallback", |written| {
            let name = values::text(written)?;
            match DialWhomAnswer::subscriber(&name) {
                Ok(_) => Ok(name),
                Err(_) => Err("Write a subscriber's name, without sip: and without a domain.".to_owned()),
            }
        }),
        json: reader.or("dial_whom.form", false, |written| {
            match values::text(written)?.as_str() {
                "text" => Ok(false),
                "json" => Ok(true),
                _ => Err("Write the form of the answer: \"text\" or \"json\".".to_owned()),
            }
        }),
        deadline: reader.or(
            "dial_whom.deadline",
            Duration::from_millis(250),
            values::duration("10ms", "5s"),
        ),
    }
}

/// Text that may stand in a path or a domain as it is.
fn word(written: &Written) -> Parsed<String> {
    let text = values::text(written)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    match text.bytes().all(plain) {
        true => Ok(text),
        false => Err("Write letters, digits, - _ and . alone.".to_owned()),
    }
}
