//! The URL fragment carries settings no server log should see: `#agent=asha&mic=raw`.

/// The value of `key`, empty for a bare word (`#manual`); `None` where it is absent. The leading `#` may be there or not.
pub fn value<'a>(fragment: &'a str, key: &str) -> Option<&'a str> {
    pairs(fragment).find_map(|(_, name, value)| (name == key).then_some(value))
}

/// The fragment without `key`, with its `#`; empty if nothing else is in it.
pub fn without(fragment: &str, key: &str) -> String {
    let mut rest = String::new();
    for (pair, name, _) in pairs(fragment) {
        if name != key && !pair.is_empty() {
            rest.push(if rest.is_empty() { '#' } else { '&' });
            rest.push_str(pair);
        }
    }
    rest
}

/// The origin of a web address: scheme, host, port.
pub fn origin(url: &str) -> Option<&str> {
    let host = url.find("://")? + 3;
    let rest = url.get(host..)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (end > 0).then(|| url.get(..host + end)).flatten()
}

fn pairs(fragment: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    fragment.trim_start_matches('#').split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (pair, name, value)
    })
}

#[cfg(test)]
mod tests {
    use super::{origin, value, without};

    #[test]
    fn pairs_and_bare_words() {
        assert_eq!(value("#agent=asha&mic=raw", "agent"), Some("asha"));
        assert_eq!(value("#agent=asha&mic=raw", "mic"), Some("raw"));
        assert_eq!(value("#manual", "manual"), Some(""));
        assert_eq!(value("#agentx=1", "agent"), None);
        assert_eq!(value("", "agent"), None);
    }

    #[test]
    fn a_ticket_is_taken_off_and_the_rest_stays() {
        assert_eq!(without("#ticket=abc", "ticket"), "");
        assert_eq!(without("#a=1&ticket=abc&manual", "ticket"), "#a=1&manual");
        assert_eq!(without("#tickets=1", "ticket"), "#tickets=1");
        assert_eq!(without("", "ticket"), "");
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
