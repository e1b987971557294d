//! Cutting text at single ASCII characters. `str`'s own patterns bring a searcher for each kind of pattern; these share one
//! loop.

use crate::scan::{Scan, is_forbidden};

/// Where the first `byte` stands. Lines are short: a search by machine words would hardly be faster.
pub(crate) fn find(bytes: &[u8], byte: u8) -> Option<usize> {
    bytes.iter().position(|b| *b == byte)
}

/// What stands before and behind the first `byte` (ASCII).
pub(crate) fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = find(text.as_bytes(), byte)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The text up to the first `byte`, or all of it.
pub(crate) fn head(text: &str, byte: u8) -> &str {
    cut(text, byte).map_or(text, |(head, _)| head)
}

/// The pieces between every `byte` (ASCII), empty ones included.
pub(crate) fn split(text: &str, byte: u8) -> Split<'_> {
    Split {
        rest: Some(text),
        byte,
    }
}

/// See [`split`].
#[derive(Clone)]
pub(crate) struct Split<'a> {
    rest: Option<&'a str>,
    byte: u8,
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest?;
        let (piece, rest) = cut(text, self.byte).map_or((text, None), |(piece, rest)| (piece, Some(rest)));
        self.rest = rest;
        Some(piece)
    }
}

/// `text` without SP and HTAB at its end.
pub(crate) fn trim_end(text: &str) -> &str {
    let last = text.bytes().rposition(|b| b != b' ' && b != b'\t');
    text.get(..last.map_or(0, |at| at + 1)).unwrap_or(text)
}

/// `text` without SP and HTAB around it.
pub(crate) fn trim(text: &str) -> &str {
    let mut scan = Scan::new(text);
    scan.space();
    trim_end(scan.rest())
}

/// `text` as a number, if it is nothing but digits; too many of them saturate.
pub(crate) fn number(text: &str) -> Option<u64> {
    let mut scan = Scan::new(text);
    scan.number().filter(|_| scan.done())
}

/// `bytes` as text, U+FFFD for what is no UTF-8.
pub(crate) fn lossy(mut bytes: &[u8]) -> String {
    let mut out = String::new();
    loop {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => {
                out.push_str(text);
                return out;
            }
            Err(error) => error,
        };
        let (good, bad) = bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
        out.push_str(std::str::from_utf8(good).unwrap_or_default());
        out.push('\u{FFFD}');
        bytes = error
            .error_len()
            .and_then(|length| bad.get(length..))
            .unwrap_or_default();
    }
}

/// Appends `text`, control characters as spaces.
pub(crate) fn clean_into(out: &mut String, text: &str) {
    for c in text.chars() {
        let control = u8::try_from(c).is_ok_and(is_forbidden);
        out.push(if control { ' ' } else { c });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_those_of_the_standard_library() {
        for text in ["", ";", "a", "a;b", ";a;;b;", "é;ü"] {
            assert!(split(text, b';').eq(text.split(';')), "{text:?}");
            assert_eq!(cut(text, b';'), text.split_once(';'), "{text:?}");
        }
        for text in ["", " ", " \ta b\t ", "é ", "\r a\r"] {
            assert_eq!(trim(text), text.trim_matches([' ', '\t']), "{text:?}");
        }
    }

    #[test]
    fn broken_text_is_read_as_the_standard_library_reads_it() {
        for bytes in [
            &b"abc"[..],
            b"",
            b"\xff",
            b"a\xc3",
            b"a\xf0\x9fb\xe9",
            b"\xed\xa0\x80z",
            b"\xff\xfe\xc3\xa9",
        ] {
            assert_eq!(lossy(bytes), String::from_utf8_lossy(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn numbers_are_digits_alone() {
        assert_eq!(number("0042"), Some(42));
        for bad in ["", "+1", "-1", "1 ", "x"] {
            assert_eq!(number(bad), None, "{bad:?}");
        }
    }
}
