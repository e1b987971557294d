//! From what an agent typed or pasted to whom to call.

/// The SIP URI to call for `text`, or `None` if it is neither a number nor a SIP address.
///
/// A number may carry spaces, dashes, dots, brackets and the invisible marks that come with pasting; a leading `+` is
/// kept. It becomes a user at the account's `domain`. Whether a SIP address parses is for the caller to find out.
pub(crate) fn target(text: &str, domain: &str) -> Option<String> {
    let text = bare(text);
    if has_scheme(text, "sip:") || has_scheme(text, "sips:") {
        return Some(text.to_owned());
    }
    if text.bytes().any(|b| b == b'@') {
        return Some(["sip:", text].concat());
    }
    let number = number(if has_scheme(text, "tel:") {
        text.get(4..)?
    } else {
        text
    })?;
    Some(["sip:", &number, "@", domain].concat())
}

/// What was typed or pasted, without what nobody sees around it.
pub(crate) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// RFC 3966 calls these visual separators; phone books and web pages know more of them than the RFC does.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || is_invisible(c)
        || matches!(
            c,
            '-' | '.' | '(' | ')' | '[' | ']' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}'
        )
}

/// Direction marks, joiners and soft hyphens: pasted without anybody seeing them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn has_scheme(text: &str, scheme: &str) -> bool {
    text.as_bytes()
        .get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
}

/// At most this many digits: far beyond E.164's 15, with room for service codes.
const LONGEST: usize = 40;

fn number(text: &str) -> Option<String> {
    let mut number = String::new();
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' | '*' => number.push(c),
            // Not allowed bare in a user part (RFC 3261 §25.1).
            '#' => number.push_str("%23"),
            '+' if number.is_empty() => number.push('+'),
            c if is_separator(c) => continue,
            _ => return None,
        }
        digits += usize::from(c.is_ascii_digit());
    }
    (digits > 0 && number.len() <= LONGEST).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn dials(text: &str, uri: &str) {
        assert_eq!(target(text, "sandbox.test").as_deref(), Some(uri));
    }

    #[test]
    fn numbers_lose_their_separators() {
        dials("1001", "sip:1001@sandbox.test");
        dials(" +91 (80) 4040-8080 ", "sip:+918040408080@sandbox.test");
        dials("080.4040.8080", "sip:08040408080@sandbox.test");
        dials("[080] 4040/8080", "sip:08040408080@sandbox.test");
        dials("tel:+1-201-555-0123", "sip:+12015550123@sandbox.test");
    }

    #[test]
    fn pasted_marks_are_dropped() {
        dials(
            "\u{202a}+91\u{a0}80\u{2011}4040 8080\u{202c}",
            "sip:+918040408080@sandbox.test",
        );
    }

    #[test]
    fn service_codes_are_escaped() {
        dials("*21#", "sip:*21%23@sandbox.test");
    }

    #[test]
    fn addresses_are_taken_as_they_are() {
        dials(
            "sip:08040408080@pstn.example.com",
            "sip:08040408080@pstn.example.com",
        );
        dials(
            "SIPS:bob@example.com;transport=ws",
            "SIPS:bob@example.com;transport=ws",
        );
        dials("bob@example.com", "sip:bob@example.com");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "   ",
            "+",
            "()",
            "*",
            "bob",
            "0800FLOWERS",
            "12+34",
            "++12",
            "1;2",
            "1,2",
            "http:12",
            "१२३",
        ] {
            assert_eq!(target(text, "sandbox.test"), None, "{text:?}");
        }
        assert_eq!(target(&"1".repeat(41), "sandbox.test"), None);
    }
}
