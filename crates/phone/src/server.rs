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
    if !url
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"#\\\"<>".contains(&byte))
    {
        return None;
    }
    let end = rest.bytes().position(|byte| byte == b'/' || byte == b'?');
    let authority = rest.get(..end.unwrap_or(rest.len()))?;
    // The SIP grammar's own reader, so that no second one is downloaded. It would also take what stands for a user and
    // parameters; credentials in a URL end up in logs, and the password has its own field.
    if authority.bytes().any(|byte| byte == b'@' || byte == b';') {
        return None;
    }
    let uri = sip::Uri::sip("", authority).ok()?;
    (uri.host_text().len() <= LONGEST_HOST && uri.port() != Some(0)).then_some(scheme)
}

/// RFC 1035 §2.3.4, in bytes.
const LONGEST_HOST: usize = 253;

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
