//! `[[crm.webhooks]]`: who is told of calls, signed.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exotel::Secret;
use protocol::crm_webhooks::CrmNews;

use super::document::Written;
use super::fault::Place;
use super::reader::{Parsed, Reader};
use super::{CrmWebhook, values};
use crate::crm::is_public;

/// What a secret begins with, where it says what it is.
const PREFIX: &str = "whsec_";
/// Bytes of a key, as Standard Webhooks wants.
const KEY: std::ops::RangeInclusive<usize> = 24..=64;

/// All of them.
pub(super) fn webhooks(reader: &mut Reader) -> Vec<CrmWebhook> {
    let mut all: Vec<CrmWebhook> = Vec::new();
    for number in 0..reader.sections("crm.webhooks") {
        let key = |name: &str| format!("crm.webhooks.{number}.{name}");
        let place = reader.place(&key("name"));
        let webhook = webhook(reader, &key);
        if all.iter().any(|other| other.name == webhook.name) {
            let words = "Another receiver has this name. Give each its own.".to_owned();
            reader.fault(place.unwrap_or(Place::File), &key("name"), words);
        }
        all.push(webhook);
    }
    all
}

fn webhook(reader: &mut Reader, key: &dyn Fn(&str) -> String) -> CrmWebhook {
    let private = reader.or(&key("private"), false, values::flag);
    let secrets_at = reader
        .place(&key("secrets"))
        .or_else(|| reader.place(&key("secrets_file")));
    let secrets = reader.secrets(&key("secrets"), &key("secrets_file"));
    let secrets = secrets.and_then(|secrets| secrets.iter().map(read_key).collect());
    if secrets
        .as_ref()
        .is_none_or(|secrets: &Vec<Secret>| !(1..=2).contains(&secrets.len()))
    {
        let words = "Write one secret, or two while one takes the other's place: whsec_ and 24 to 64 bytes in Base64.";
        reader.fault(
            secrets_at.unwrap_or(Place::File),
            &key("secrets"),
            words.to_owned(),
        );
    }
    let write = "Write what it is called on the admin's screens: name = \"crm\".";
    let name = reader.required(&key("name"), write, name);
    let write = "Write where it is told: url = \"https://crm.example/calls\".";
    let url = reader.required(&key("url"), write, |written| url(written, private));
    let events = reader.or(&key("events"), CrmNews::ALL.to_vec(), values::each(news));
    CrmWebhook {
        name,
        url: Secret::new(url),
        secrets: secrets.unwrap_or_default(),
        events,
        private,
    }
}

/// The key's bytes in Base64.
fn read_key(secret: &Secret) -> Option<Secret> {
    let text = secret.reveal();
    let text = text.strip_prefix(PREFIX).unwrap_or(text);
    let bytes = STANDARD.decode(text).ok()?;
    KEY.contains(&bytes.len()).then(|| Secret::new(text))
}

fn name(written: &Written) -> Parsed<String> {
    let text = values::text(written)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    match text.len() <= 64 && text.bytes().all(plain) {
        true => Ok(text),
        false => Err("Write at most 64 letters, digits, - _ and . alone.".to_owned()),
    }
}

/// Whoever may be in a private network may be without TLS as well.
fn url(written: &Written, private: bool) -> Parsed<String> {
    let text = values::text(written)?;
    let no = "Write a whole address, such as \"https://crm.example/calls\".";
    let url = reqwest::Url::parse(&text).map_err(|_| no.to_owned())?;
    let host = url.host_str().ok_or_else(|| no.to_owned())?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let inside = bare.parse::<IpAddr>().is_ok_and(|address| !is_public(address));
    match (url.scheme(), inside || url.scheme() == "http") {
        ("https" | "http", false) => Ok(text),
        ("https" | "http", true) if private => Ok(text),
        ("https" | "http", true) => {
            Err("Plain http and private addresses need `private = true` beside them.".to_owned())
        }
        _ => Err(no.to_owned()),
    }
}

fn news(written: &Written) -> Parsed<CrmNews> {
    let text = values::text(written)?;
    let known = CrmNews::ALL.into_iter().find(|news| news.word() == text);
    known.ok_or_else(|| "Write \"call.ended\", \"call.missed\" or \"note.saved\".".to_owned())
}
