//! One value each: from what was written to what is meant, or the sentence that says what to write.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use exotel::config::Base;
use http::Uri;
use protocol::session::Role;

use super::document::Written;
use super::reader::Parsed;

/// Text that is not empty.
pub(super) fn text(written: &Written) -> Parsed<String> {
    match written {
        Written::Text(text) | Written::Variable(text) if !text.trim().is_empty() => Ok(text.clone()),
        Written::Text(_) | Written::Variable(_) => {
            Err("This is empty. Write a value, or remove the line.".to_owned())
        }
        other => Err(format!("This is {}. Write a text in quotes.", name(other))),
    }
}

/// Texts. A variable holds them with commas between.
pub(super) fn list(written: &Written) -> Parsed<Vec<String>> {
    match written {
        Written::List(texts) => Ok(texts.clone()),
        Written::Variable(text) => {
            let parts = text.split(',').map(|part| part.trim().to_owned());
            Ok(parts.filter(|part| !part.is_empty()).collect())
        }
        other => Err(format!(
            "This is {}. Write a list of texts, such as [\"one\", \"two\"].",
            name(other)
        )),
    }
}

/// Each of a list, through `parse`.
pub(super) fn each<T>(parse: impl Fn(&Written) -> Parsed<T>) -> impl Fn(&Written) -> Parsed<Vec<T>> {
    move |written| {
        let one = |text| parse(&Written::Text(text));
        list(written)?.into_iter().map(one).collect()
    }
}

/// `true` or `false`.
pub(super) fn flag(written: &Written) -> Parsed<bool> {
    match written {
        Written::Flag(flag) => Ok(*flag),
        Written::Variable(text) if text == "true" => Ok(true),
        Written::Variable(text) if text == "false" => Ok(false),
        _ => Err("This is neither yes nor no. Write true or false, without quotes.".to_owned()),
    }
}

/// A whole number of a range.
pub(super) fn number(least: u32, most: u32) -> impl Fn(&Written) -> Parsed<u32> {
    move |written| {
        let number = match written {
            Written::Number(number) => u32::try_from(*number).ok(),
            Written::Variable(text) => text.parse().ok(),
            _ => None,
        };
        number
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| format!("Write a whole number from {least} to {most}, without quotes."))
    }
}

/// A time such as `"250ms"`, `"10s"`, `"5m"`, `"12h"`, `"30d"`, of a range that is written the same way.
pub(super) fn duration(least: &'static str, most: &'static str) -> impl Fn(&Written) -> Parsed<Duration> {
    move |written| {
        let given = match written {
            Written::Text(text) | Written::Variable(text) => time(text),
            _ => None,
        };
        let (from, to) = (time(least).unwrap_or_default(), time(most).unwrap_or_default());
        given.filter(|time| (from..=to).contains(time)).ok_or_else(|| {
            format!("Write a time from \"{least}\" to \"{most}\": a whole number with ms, s, m, h or d, in quotes.")
        })
    }
}

fn time(text: &str) -> Option<Duration> {
    let at = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(at);
    let count: u64 = count.parse().ok()?;
    let ms: u64 = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    count.checked_mul(ms).map(Duration::from_millis)
}

/// Minutes east of UTC: `"IST"`, `"UTC"` or `"+08:00"`.
pub(super) fn zone(written: &Written) -> Parsed<i16> {
    let no = || {
        "Write the account's time zone: \"IST\", \"UTC\", or its distance from UTC such as \"+08:00\"."
            .to_owned()
    };
    let text = text(written)?;
    match text.as_str() {
        "IST" => return Ok(exotel::IST),
        "UTC" => return Ok(0),
        _ => {}
    }
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let rest = text.strip_prefix(['+', '-']).ok_or_else(no)?;
    let (hours, minutes) = rest.split_once(':').ok_or_else(no)?;
    match (
        digits(hours) && digits(minutes),
        hours.parse::<i16>(),
        minutes.parse::<i16>(),
    ) {
        // No place on earth is farther from UTC.
        (true, Ok(hours @ 0..=14), Ok(minutes @ 0..=59)) => Ok(sign * (hours * 60 + minutes)),
        _ => Err(no()),
    }
}

/// Address and port.
pub(super) fn socket(written: &Written) -> Parsed<SocketAddr> {
    let no = "Write an address and a port, such as \"127.0.0.1:8080\" or \"[::]:443\".";
    text(written)?.parse().map_err(|_| no.to_owned())
}

/// An address without a port.
pub(super) fn ip(written: &Written) -> Parsed<IpAddr> {
    let no = "Write addresses without ports, such as [\"127.0.0.1\", \"::1\"].";
    text(written)?.parse().map_err(|_| no.to_owned())
}

/// `https://host[:port]`, or `http` on this machine, without a path.
pub(super) fn origin(written: &Written) -> Parsed<String> {
    let text = text(written)?;
    let no = "Write a scheme and a host, such as \"https://phone.example\": no path, no slash at the end.";
    let (scheme, host) = site(&text).ok_or_else(|| no.to_owned())?;
    match (scheme, is_loopback(&host)) {
        ("https", _) | ("http", true) => {}
        ("http", false) => {
            return Err(
                "Plain http is for this machine alone (localhost). Write an https address.".to_owned(),
            );
        }
        _ => return Err(no.to_owned()),
    }
    // Browsers write origins in lower case, without the scheme's own port.
    let plain = text.to_ascii_lowercase();
    let own = if scheme == "https" { ":443" } else { ":80" };
    Ok(plain.strip_suffix(own).unwrap_or(&plain).to_owned())
}

/// `wss://…`, or `ws://` on this machine.
pub(super) fn websocket(written: &Written) -> Parsed<String> {
    let text = text(written)?;
    let no = "Write WebSocket addresses, such as \"wss://voip.in1.exotel.com:443/wss\"; ws:// is for this machine alone.";
    let uri: Uri = text.parse().map_err(|_| no.to_owned())?;
    let authority = uri.authority().map(|it| it.as_str()).unwrap_or_default();
    let host = host_of(authority).ok_or_else(|| no.to_owned())?;
    match (uri.scheme_str(), is_loopback(&host)) {
        (Some("wss"), _) | (Some("ws"), true) => Ok(text),
        _ => Err(no.to_owned()),
    }
}

/// `https://…` or `http://…`, whatever follows.
pub(super) fn web(written: &Written) -> Parsed<String> {
    let text = text(written)?;
    let no = "Write a whole address, such as \"https://files.example/wait.wav\".";
    let uri: Uri = text.parse().map_err(|_| no.to_owned())?;
    match (uri.scheme_str(), uri.host()) {
        (Some("https" | "http"), Some(_)) => Ok(text),
        _ => Err(no.to_owned()),
    }
}

/// A base address of an API.
pub(super) fn base(written: &Written) -> Parsed<Base> {
    Base::new(&text(written)?).map_err(|why| why.rule.into_owned())
}

/// Two letters of ISO 3166 that have a numbering plan.
pub(super) fn country(written: &Written) -> Parsed<String> {
    let text = text(written)?.to_ascii_uppercase();
    match text.parse::<phonenumber::country::Id>() {
        Ok(_) => Ok(text),
        Err(_) => Err("Write a country by two letters, such as \"IN\".".to_owned()),
    }
}

/// A role.
pub(super) fn role(written: &Written) -> Parsed<Role> {
    match text(written)?.as_str() {
        "agent" => Ok(Role::Agent),
        "supervisor" => Ok(Role::Supervisor),
        "admin" => Ok(Role::Admin),
        _ => Err("Write a role: \"agent\", \"supervisor\" or \"admin\".".to_owned()),
    }
}

/// Scheme and host of an origin.
fn site(text: &str) -> Option<(&str, String)> {
    let (scheme, authority) = text.split_once("://")?;
    Some((scheme, host_of(authority)?))
}

/// The host of `host[:port]`, in characters that a header and a policy take.
fn host_of(authority: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
    if authority.is_empty() || !authority.bytes().all(plain) {
        return None;
    }
    let authority: http::uri::Authority = authority.parse().ok()?;
    (!authority.host().is_empty()).then(|| authority.host().to_owned())
}

/// Whether this names the machine itself.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn name(written: &Written) -> &'static str {
    match written {
        Written::Text(_) | Written::Variable(_) => "a text",
        Written::Number(_) => "a number",
        Written::Flag(_) => "true or false",
        Written::List(_) => "a list",
        Written::EmptyTable => "a section",
        Written::Odd(name) => name,
    }
}
