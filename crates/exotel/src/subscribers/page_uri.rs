//! Where the next page is, in the platform's own words.

/// A host-relative address such as `/v2/accounts/x/subscribers?offset=12&page_size=3`, followed as it is. A host in
/// front of it is dropped: credentials go to the configured host only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageUri(String);

impl PageUri {
    /// Reads `text`; `None` if it is empty or no path.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let path = match text.split_once("://") {
            Some((_, rest)) if !text.starts_with('/') => rest.get(rest.find('/')?..)?,
            _ => text,
        };
        let printable = path.bytes().all(|byte| byte.is_ascii_graphic());
        (path.starts_with('/') && !path.starts_with("//") && printable && !path.contains(['\\', '#']))
            .then(|| Self(path.to_owned()))
    }

    /// Path and query.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number that the query gives for `name`.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        let (_, query) = self.0.split_once('?')?;
        let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name)?;
        value.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_are_followed() {
        let uri = PageUri::read("/v2/accounts/x/subscribers?offset=12&page_size=3").unwrap();
        assert_eq!(
            (uri.number("page_size"), uri.number("offset"), uri.number("x")),
            (Some(3), Some(12), None)
        );
        assert_eq!(
            PageUri::read("https://evil.example/a?b").unwrap().as_str(),
            "/a?b"
        );
        for text in [
            "",
            "//evil.example/a",
            "https://evil.example",
            "a",
            "/a b",
            "/\\evil",
            "/a#b",
            "/é",
        ] {
            assert_eq!(PageUri::read(text), None, "{text}");
        }
    }
}
