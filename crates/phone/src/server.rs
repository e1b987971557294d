//! The address of the SIP edge, as typed into the connect form.

/// What a browser's `WebSocket` will accept, without opening one: `ws://` or `wss://`, a host, a port, no fragment.
///
/// Returns whether the URL is secure.
pub(crate) fn check(url: &str) -> Option<Scheme> {
    let (scheme, rest) = match (strip(url, "wss://"), strip(url, "ws://")) {
        (Some(rest), _) => (Scheme::Wss, rest),
        (None, Some(rest)) => (Scheme::Ws, rest),
        (None, None) => return None,
    };
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) || url.contains(['#', '\\', '"', '<', '>']) {
        return None;
    }
    let authority = rest.split(['/', '?']).next()?;
    // Credentials in a URL end up in logs; the password has its own field.
    if authority.contains('@') {
        return None;
    }
    let (host, port) = split_port(authority)?;
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port != 0));
    (is_host(host) && port_fits).then_some(scheme)
}

/// How frames travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// In the clear; for laptops and tests.
    Ws,
    /// Over TLS.
    Wss,
}

fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.as_bytes().get(..prefix.len())?;
    start
        .eq_ignore_ascii_case(prefix.as_bytes())
        .then(|| text.get(prefix.len()..))?
}

fn split_port(authority: &str) -> Option<(&str, Option<&str>)> {
    let after_host = match authority.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, rest) = authority.split_at_checked(after_host)?;
    match rest.strip_prefix(':') {
        Some(port) => Some((host, Some(port))),
        None => rest.is_empty().then_some((host, None)),
    }
}

fn is_host(host: &str) -> bool {
    if host.starts_with('[') {
        // The SIP grammar's own reader, so that no second one is downloaded.
        return sip::Uri::sip("", host).is_ok();
    }
    !host.is_empty()
        && host.len() <= 253
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_socket_urls_pass() {
        for url in [
            "wss://sip.example.com",
            "wss://sip.example.com:443/ws?x=1",
            "WSS://[::1]:8443/",
            "wss://10.0.0.1/a",
        ] {
            assert_eq!(check(url), Some(Scheme::Wss), "{url}");
        }
        assert_eq!(check("ws://127.0.0.1:8088/sip"), Some(Scheme::Ws));
    }

    #[test]
    fn anything_else_does_not() {
        for url in [
            "",
            "wss://",
            "wss:///sip",
            "sip.example.com",
            "https://sip.example.com",
            "wss:sip.example.com",
            "wss://a b/",
            "wss://a/#x",
            "wss://user:pw@a/",
            "wss://a:0",
            "wss://a:70000",
            "wss://a:x",
            "wss://a:",
            "wss://[::1",
            "wss://[zz]/",
            "wss://[::1]x/",
            "wss://\u{e9}.example",
        ] {
            assert_eq!(check(url), None, "{url}");
        }
    }
}
