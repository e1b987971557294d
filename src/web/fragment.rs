//! The URL fragment carries settings no server log should see: `#agent=asha&mic=raw`.

/// The value of `key`, empty for a bare word (`#manual`); `None` where it is absent. The leading `#` may be there or not.
pub fn value<'a>(fragment: &'a str, key: &str) -> Option<&'a str> {
    pairs(fragment).find_map(|(name, value)| (name == key).then_some(value))
}

/// The origin of a web address: scheme, host, port.
pub fn origin(url: &str) -> Option<&str> {
    let host = url.find("://")? + 3;
    let rest = url.get(host..)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (end > 0).then(|| url.get(..host + end)).flatten()
}

fn pairs(fragment: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = fragment.trim_start_matches('#').split('&');
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

#[cfg(test)]
mod tests {
    use super::{origin, value};

    #[test]
    fn pairs_and_bare_words() {
        assert_eq!(value("#agent=asha&mic=raw", "agent"), Some("asha"));
        assert_eq!(value("#agent=asha&mic=raw", "mic"), Some("raw"));
        assert_eq!(value("#manual", "manual"), Some(""));
        assert_eq!(value("#agentx=1", "agent"), None);
        assert_eq!(value("", "agent"), None);
    }

    #[test]
    fn an_origin_ends_where_the_path_begins() {
        assert_eq!(
            origin("https://crm.example:8443/lead/1?x"),
            Some("https://crm.example:8443")
        );
        assert_eq!(origin("https://crm.example"), Some("https://crm.example"));
        assert_eq!(origin("http://[::1]:80#x"), Some("http://[::1]:80"));
        for none in ["", "crm.example", "https:///path"] {
            assert_eq!(origin(none), None, "{none}");
        }
    }
}
