//! The host of a URI or a Via: a name, IPv4, or IPv6 in brackets (RFC 3261 §25.1).

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::scan::Scan;
use crate::text::find;

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
        return text.get(..inner.len() + 2).filter(|_| is_ipv6(inner));
    }
    // The underscore is no host character, but names with it are in use.
    scan.some(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
}

/// What kind of host `text` is.
pub(crate) fn host_of(text: &str) -> Host<'_> {
    if let Ok(address) = text.parse() {
        return Host::V4(address);
    }
    let inner = text.trim_start_matches('[').trim_end_matches(']');
    let address = Some(inner).filter(|inner| is_ipv6(inner));
    address
        .and_then(|address| address.replace(":::", "::").parse().ok())
        .map_or(Host::Name(text), Host::V6)
}

/// Whether `text` is an IPv6 address; three colons before an IPv4 part count as two (RFC 5118 §4.10).
/// By hand, because most hosts are only passed on: the standard library's parser takes ten times the room in wasm.
fn is_ipv6(text: &str) -> bool {
    let mut scan = Scan::new(text);
    let (mut groups, mut gap) = (0, false);
    loop {
        let colons = scan.run(|b| b == b':').len();
        let rest = scan.rest();
        match colons {
            0 if groups == 0 => {}
            1 if groups > 0 && !rest.is_empty() => {}
            2 if !gap => gap = true,
            3 if !gap && find(rest.as_bytes(), b'.').is_some() => gap = true,
            _ => return false,
        }
        if rest.is_empty() {
            break;
        }
        let digits = scan.run(|b| b.is_ascii_hexdigit()).len();
        groups += 1;
        if scan.peek() == Some(b'.') {
            scan = Scan::new(rest);
            groups += 1;
            if !is_ipv4(&mut scan) {
                return false;
            }
        } else if !(1..5).contains(&digits) {
            return false;
        }
        if scan.done() {
            break;
        }
    }
    if gap { groups < 8 } else { groups == 8 }
}

/// Whether an IPv4 address is all that is left.
fn is_ipv4(scan: &mut Scan<'_>) -> bool {
    let octets = (0..4).all(|i| {
        let dotted = i == 0 || scan.eat(b'.');
        // Leading zeros are refused: some read them as octal.
        let zero = scan.peek() == Some(b'0');
        let start = scan.at();
        let small = scan.number().is_some_and(|octet| octet < 256);
        dotted && small && (!zero || scan.at() == start + 1)
    });
    octets && scan.done()
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
            assert_eq!(is_ipv6(text), text.parse::<Ipv6Addr>().is_ok(), "{text:?}");
        }
        for text in ["2001:db8:::192.0.2.1", ":::192.0.2.1"] {
            assert!(is_ipv6(text), "{text:?}");
            assert_eq!(
                Some(host_of(text)),
                text.replace(":::", "::").parse().ok().map(Host::V6)
            );
        }
        assert!(!is_ipv6("1::::192.0.2.1"));
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
            let mut scan = Scan::new(text);
            assert_eq!(is_ipv4(&mut scan), text.parse::<Ipv4Addr>().is_ok(), "{text:?}");
        }
    }
}
