//! The session's cookie at top level.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use protocol::Secret;

/// What the browser calls it.
///
/// The prefix makes the browser itself insist on `Secure`, `Path=/` and no `Domain`. Chromium takes such a cookie from
/// plain http on a loopback address too (tried with 156), so the demo needs no second rule.
pub const NAME: &str = "__Host-softphone";

/// It ends with the browser: a call centre's seats are shared. How long it is good at most, the records say.
const RULES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// The header that hands the cookie out.
pub fn set(secret: &Secret) -> (HeaderName, HeaderValue) {
    let text = format!("{NAME}={}; {RULES}", secret.reveal());
    // A token of ours is base64url, which every header can carry.
    let mut value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    (SET_COOKIE, value)
}

/// The header that takes it back.
pub fn clear() -> (HeaderName, HeaderValue) {
    let text = format!("{NAME}=; Max-Age=0; {RULES}");
    (
        SET_COOKIE,
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("")),
    )
}

/// The cookie's value in a request. Two of that name are none: somebody has slipped one in.
pub(super) fn read(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(COOKIE).iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    let mut ours = pairs.filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        (name.trim() == NAME).then(|| value.trim())
    });
    let only = ours.next()?;
    ours.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(lines: &[&'static str]) -> HeaderMap {
        let lines = lines.iter().map(|line| (COOKIE, HeaderValue::from_static(line)));
        lines.collect()
    }

    #[test]
    fn is_found_among_others_and_never_twice() {
        assert_eq!(read(&from(&["a=1; __Host-softphone=x; b=2"])), Some("x"));
        assert_eq!(read(&from(&["a=1", "__Host-softphone=x=y"])), Some("x=y"));
        assert_eq!(read(&from(&["__Host-softphone=x; __Host-softphone=y"])), None);
        assert_eq!(
            read(&from(&["softphone=x; __host-softphone=y; __Host-softphone"])),
            None
        );
    }
}
