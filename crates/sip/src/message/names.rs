//! Header names: their compact forms, and which of them take comma-separated lists.

struct Known {
    long: &'static str,
    compact: Option<u8>,
    /// Whether commas separate values (RFC 3261 §7.3.1 and each header's own grammar).
    list: bool,
}

const fn one(long: &'static str) -> Known {
    Known {
        long,
        compact: None,
        list: false,
    }
}

const fn short(long: &'static str, compact: u8) -> Known {
    Known {
        long,
        compact: Some(compact),
        list: false,
    }
}

const fn list(long: &'static str) -> Known {
    Known {
        long,
        compact: None,
        list: true,
    }
}

const fn short_list(long: &'static str, compact: u8) -> Known {
    Known {
        long,
        compact: Some(compact),
        list: true,
    }
}

/// The names we fold to one spelling, the frequent ones first.
const KNOWN: &[Known] = &[
    short_list("Via", b'v'),
    short("From", b'f'),
    short("To", b't'),
    short("Call-ID", b'i'),
    one("CSeq"),
    short_list("Contact", b'm'),
    one("Max-Forwards"),
    short("Content-Type", b'c'),
    short("Content-Length", b'l'),
    list("Record-Route"),
    list("Route"),
    list("Allow"),
    short_list("Supported", b'k'),
    list("Require"),
    list("Proxy-Require"),
    list("Unsupported"),
    one("Expires"),
    one("Min-Expires"),
    one("User-Agent"),
    one("Server"),
    one("WWW-Authenticate"),
    one("Authorization"),
    one("Proxy-Authenticate"),
    one("Proxy-Authorization"),
    one("Authentication-Info"),
    list("Reason"),
    one("Retry-After"),
    list("Warning"),
    list("Path"),
    list("Service-Route"),
    list("Accept"),
    list("Accept-Encoding"),
    list("Accept-Language"),
    list("Alert-Info"),
    short_list("Allow-Events", b'u'),
    list("Call-Info"),
    one("Content-Disposition"),
    short_list("Content-Encoding", b'e'),
    list("Content-Language"),
    one("Date"),
    list("Error-Info"),
    short("Event", b'o'),
    one("Flow-Timer"),
    list("In-Reply-To"),
    one("MIME-Version"),
    one("Min-SE"),
    one("Organization"),
    list("P-Asserted-Identity"),
    list("P-Associated-URI"),
    list("P-Preferred-Identity"),
    one("Priority"),
    list("Privacy"),
    one("RAck"),
    short("Refer-To", b'r'),
    short("Referred-By", b'b'),
    one("Replaces"),
    one("Reply-To"),
    one("RSeq"),
    short("Session-Expires", b'x'),
    one("SIP-ETag"),
    one("SIP-If-Match"),
    short("Subject", b's'),
    one("Subscription-State"),
    one("Timestamp"),
    short_list("Accept-Contact", b'a'),
    short_list("Reject-Contact", b'j'),
    short_list("Request-Disposition", b'd'),
    short("Identity", b'y'),
    short("Identity-Info", b'n'),
];

/// The one spelling of `name`: the long form of a header we know, else as given. Also whether it is a list.
pub(crate) fn fold(name: &str) -> (&str, bool) {
    let compact = match name.as_bytes() {
        [letter] => Some(letter.to_ascii_lowercase()),
        _ => None,
    };
    let known = KNOWN.iter().find(|k| match compact {
        Some(_) => k.compact == compact,
        None => k.long.eq_ignore_ascii_case(name),
    });
    match known {
        Some(known) => (known.long, known.list),
        None => (name, false),
    }
}

/// Whether both name the same header, whichever form they use.
pub(crate) fn same(folded: &str, name: &str) -> bool {
    if name.len() == 1 {
        folded.eq_ignore_ascii_case(fold(name).0)
    } else {
        folded.eq_ignore_ascii_case(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_and_odd_case_fold() {
        assert_eq!(fold("L").0, "Content-Length");
        assert_eq!(fold("vIA"), ("Via", true));
        assert_eq!(fold("X-Exotel-Callsid"), ("X-Exotel-Callsid", false));
        assert!(same("Call-ID", "i") && same("Call-ID", "call-id") && !same("Call-ID", "v"));
    }

    #[test]
    fn no_compact_letter_is_taken_twice() {
        let mut letters: Vec<u8> = KNOWN.iter().filter_map(|k| k.compact).collect();
        letters.sort_unstable();
        let count = letters.len();
        letters.dedup();
        assert_eq!(letters.len(), count);
    }
}
