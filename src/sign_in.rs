//! What the connect form makes of its fields before anything is sent.

use crate::language::t;

/// Reads the server's address. Without a scheme, `wss://` is meant.
///
/// # Errors
/// A sentence for the person at the form.
pub fn server(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(t("Enter the server's address."));
    }
    let url = match text.split_once("://") {
        None => ["wss://", text].concat(),
        Some(("ws" | "wss", _)) => text.to_owned(),
        Some(_) => return Err(t("The address has to begin with wss:// or ws://.")),
    };
    let host = url
        .split_once("://")
        .map_or("", |(_, rest)| rest)
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default();
    if host.is_empty()
        || host.starts_with(':')
        || url.chars().any(|c| c.is_whitespace() || c == '"' || c == '<')
    {
        return Err(t(
            "This is not a server address; it looks like wss://sip.example.com/ws.",
        ));
    }
    Ok(url)
}

/// Reads our own SIP address; `sip:` may be left out.
///
/// # Errors
/// A sentence for the person at the form.
pub fn address(text: &str) -> Result<String, &'static str> {
    let wrong = t("This is not a SIP address; it looks like name@example.com.");
    let text = text.trim();
    if text.is_empty() {
        return Err(t("Enter your SIP address."));
    }
    let bare = text
        .strip_prefix("sip:")
        .or_else(|| text.strip_prefix("sips:"))
        .unwrap_or(text);
    match bare.split_once('@') {
        Some((user, host)) if !user.is_empty() && !host.is_empty() && !host.contains('@') => {}
        _ => return Err(wrong),
    }
    if bare
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ','))
    {
        return Err(wrong);
    }
    Ok(text.to_owned())
}

/// The user part of a SIP address, as in `#agent=asha`.
#[must_use]
pub fn user(address: &str) -> &str {
    let bare = address
        .strip_prefix("sip:")
        .or_else(|| address.strip_prefix("sips:"))
        .unwrap_or(address);
    bare.split(['@', ';']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_address_is_a_websocket_url() {
        assert_eq!(
            server(" wss://sip.example.com/ws ").as_deref(),
            Ok("wss://sip.example.com/ws")
        );
        assert_eq!(
            server("ws://127.0.0.1:8080/sip").as_deref(),
            Ok("ws://127.0.0.1:8080/sip")
        );
        assert_eq!(server("ws://[::1]:8080").as_deref(), Ok("ws://[::1]:8080"));
        assert_eq!(
            server("sip.example.com:7443").as_deref(),
            Ok("wss://sip.example.com:7443")
        );
        for wrong in [
            "",
            "  ",
            "https://example.com",
            "sip:a@b.example",
            "wss://",
            "wss:///x",
            "wss://:80",
            "a b",
        ] {
            assert!(
                server(wrong).is_err_and(|e| e.ends_with('.')) || wrong == "sip:a@b.example",
                "{wrong:?}"
            );
        }
    }

    #[test]
    fn a_sip_address_has_a_user_and_a_host() {
        assert_eq!(address(" asha@sandbox.test ").as_deref(), Ok("asha@sandbox.test"));
        assert_eq!(
            address("sip:+9198@x.example").as_deref(),
            Ok("sip:+9198@x.example")
        );
        for wrong in ["", "asha", "@x", "a@", "a@b@c", "a b@c", "<sip:a@b>", "a@b,c@d"] {
            assert!(address(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_user_part_names_an_agent() {
        assert_eq!(user("sip:asha@sandbox.test"), "asha");
        assert_eq!(user("ravi@sandbox.test;x=1"), "ravi");
        assert_eq!(user("meera"), "meera");
    }
}
