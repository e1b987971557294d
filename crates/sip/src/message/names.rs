//! Header names: their compact forms, and which of them take comma-separated lists.

use crate::text::split;

/// The names we fold to one spelling, the frequent ones first: the compact form or a slash, a comma where commas separate values
/// (RFC 3261 §7.3.1 and each header's own grammar), the name. Those that somebody here reads: any other stays as it came.
/// One text, for a table of structs is twice as long.
const KNOWN: &str = "\
v,Via\n\
f From\n\
t To\n\
i Call-ID\n\
/ CSeq\n\
m,Contact\n\
/ Max-Forwards\n\
c Content-Type\n\
l Content-Length\n\
/,Record-Route\n\
/,Route\n\
/,Allow\n\
k,Supported\n\
/,Require\n\
/,Proxy-Require\n\
/,Unsupported\n\
/ Expires\n\
/ Min-Expires\n\
/ User-Agent\n\
/ WWW-Authenticate\n\
/ Authorization\n\
/ Proxy-Authenticate\n\
/ Proxy-Authorization\n\
/,Reason\n\
/ Retry-After\n\
/,Path\n\
/,Service-Route\n\
/,Accept\n\
/ Content-Disposition\n\
e,Content-Encoding\n\
/ Flow-Timer\n\
/,P-Asserted-Identity\n\
s Subject";

/// Compact form, list mark and name of each known header.
fn known() -> impl Iterator<Item = (u8, u8, &'static str)> {
    split(KNOWN, b'\n').filter_map(|line| match line.as_bytes() {
        [compact, list, ..] => Some((*compact, *list, line.get(2..)?)),
        _ => None,
    })
}

/// The one spelling of `name`: the long form of a header we know, else as given. Also whether it is a list.
pub(crate) fn fold(name: &str) -> (&str, bool) {
    let found = known().find(|(compact, _, long)| match name.as_bytes() {
        [letter] => letter.eq_ignore_ascii_case(compact),
        _ => long.eq_ignore_ascii_case(name),
    });
    found.map_or((name, false), |(_, list, long)| (long, list == b','))
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
        let mut letters: Vec<u8> = known()
            .map(|(compact, ..)| compact)
            .filter(|b| *b != b'/')
            .collect();
        letters.sort_unstable();
        let count = letters.len();
        letters.dedup();
        assert_eq!(letters.len(), count);
    }
}
