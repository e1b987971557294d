//! The host of a URI or a Via: a name, IPv4, or IPv6 in brackets (RFC 3261 §25.1).

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::scan::Scan;

/// The host of a SIP URI or Via.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host<'a> {
    /// A domain name.
    Name(&'a str),
    /// An IPv4 address.
    V4(Ipv4Addr),
    /// An IPv6 address, without its brackets.
    V6(Ipv6Addr),
}

/// Reads `host`: a name, IPv4, or IPv6 in brackets.
pub(crate) fn read_host<'a>(scan: &mut Scan<'a>) -> Option<&'a str> {
    let text = scan.rest();
    if scan.eat(b'[') {
        let inner = scan.until(b']')?;
        ipv6(inner)?;
        return text.get(..inner.len() + 2);
    }
    // The underscore is no host character, but names with it are in use.
    scan.some(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
}

/// What kind of host `text` is.
pub(crate) fn host_of(text: &str) -> Host<'_> {
    let inner = text.trim_start_matches('[').trim_end_matches(']');
    if let Some(address) = ipv4(inner) {
        return Host::V4(address);
    }
    ipv6(inner).map_or(Host::Name(text), Host::V6)
}

/// Reads an IPv6 address; three colons before an IPv4 part count as two (RFC 5118 §4.10).
/// By hand: the standard library's parser takes four times the room in wasm.
fn ipv6(text: &str) -> Option<Ipv6Addr> {
    let mut address = [0; 8];
    let Some(gap) = text.as_bytes().windows(2).position(|pair| pair == b"::") else {
        let all = groups(text, true)?;
        address = all.try_into().ok()?;
        return Some(Ipv6Addr::from(address));
    };
    let (before, after) = (text.get(..gap)?, text.get(gap + 2..)?);
    let after = after
        .strip_prefix(':')
        .filter(|rest| rest.contains('.'))
        .unwrap_or(after);
    let (before, after) = (groups(before, false)?, groups(after, true)?);
    if before.len() + after.len() >= address.len() {
        return None;
    }
    for (place, group) in address.iter_mut().zip(before) {
        *place = group;
    }
    for (place, group) in address.iter_mut().rev().zip(after.into_iter().rev()) {
        *place = group;
    }
    Some(Ipv6Addr::from(address))
}

/// The 16-bit groups that `text` writes out; an IPv4 address, where allowed, ends it and makes two.
fn groups(text: &str, v4: bool) -> Option<Vec<u16>> {
    let mut left = Some(text).filter(|t| !t.is_empty());
    let mut groups = Vec::new();
    while let Some(piece) = left {
        let (group, rest) = piece
            .split_once(':')
            .map_or((piece, None), |(group, rest)| (group, Some(rest)));
        if let Some(address) = ipv4(group).filter(|_| v4 && rest.is_none()) {
            let [a, b, c, d] = address.octets();
            groups.push(u16::from_be_bytes([a, b]));
            groups.push(u16::from_be_bytes([c, d]));
        } else if (1..5).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_hexdigit()) {
            groups.push(u16::from_str_radix(group, 16).ok()?);
        } else {
            return None;
        }
        left = rest;
    }
    Some(groups)
}

fn ipv4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0u8; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next()?;
        // Leading zeros are refused: some read them as octal.
        let plain = part.bytes().all(|b| b.is_ascii_digit()) && (part.len() == 1 || !part.starts_with('0'));
        *octet = part.parse().ok().filter(|_| plain)?;
    }
    parts.next().is_none().then(|| Ipv4Addr::from(octets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv6_is_told_as_the_standard_library_tells_it() {
        for text in [
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1::8",
            "::ffff:1.2.3.4",
            "1:2:3:4:5:6:1.2.3.4",
            "2001:db8::192.0.2.1",
            "abcd:ABCD::0",
            "",
            ":",
            ":::",
            "1",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4::5:6:7:8",
            "1::2::3",
            "12345::",
            ":1::",
            "1:::2",
            "g::",
            "1.2.3.4",
            "1.2.3.4::",
            "::1.2.3",
            "::1.2.3.4.5",
            "::1.2.3.256",
            "::1.2.3.4:1",
            "::+1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "::1:",
            "1:2:3:4:5:6:7:",
        ] {
            assert_eq!(ipv6(text), text.parse().ok(), "{text:?}");
        }
        for text in ["2001:db8:::192.0.2.1", ":::192.0.2.1"] {
            assert_eq!(ipv6(text), text.replace(":::", "::").parse().ok(), "{text:?}");
        }
        assert_eq!(ipv6("1::::192.0.2.1"), None);
        for text in [
            "1.2.3.4",
            "0.0.0.0",
            "255.255.255.255",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.256",
            "1.2..4",
            "01.2.3.4",
            "+1.2.3.4",
            "",
        ] {
            assert_eq!(ipv4(text), text.parse().ok(), "{text:?}");
        }
    }
}
