//! The URL fragment carries settings no server log should see: `#agent=asha&mic=raw`.

/// The value of `key`, empty for a bare word (`#manual`); `None` where it is absent. The leading `#` may be there or not.
pub fn value<'a>(fragment: &'a str, key: &str) -> Option<&'a str> {
    fragment.trim_start_matches('#').split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name == key).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn pairs_and_bare_words() {
        assert_eq!(value("#agent=asha&mic=raw", "agent"), Some("asha"));
        assert_eq!(value("#agent=asha&mic=raw", "mic"), Some("raw"));
        assert_eq!(value("#manual", "manual"), Some(""));
        assert_eq!(value("#agentx=1", "agent"), None);
        assert_eq!(value("", "agent"), None);
    }
}
