//! A cursor over one header value, URI or start line. Values reach it unfolded: no CR, no LF.

use crate::error::HeaderError;
use crate::text::{find, lossy, split};

/// Where we are in a piece of text. All positions are byte offsets on character borders.
#[derive(Clone)]
pub(crate) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(crate) fn done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Steps over `byte` if it is next.
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let hit = self.peek() == Some(byte);
        if hit {
            self.at += 1;
        }
        hit
    }

    /// Steps over `byte` with any white space around it (the RFC's COMMA, SEMI, EQUAL, SLASH, COLON).
    pub(crate) fn separator(&mut self, byte: u8) -> bool {
        let start = self.at;
        self.space();
        if self.eat(byte) {
            self.space();
            return true;
        }
        self.at = start;
        false
    }

    /// Steps over white space, which is SP and HTAB; says whether there was any.
    pub(crate) fn space(&mut self) -> bool {
        !self.run(|b| b == b' ' || b == b'\t').is_empty()
    }

    /// The longest run of bytes `keep` accepts. `keep` must treat all bytes above 127 alike.
    pub(crate) fn run(&mut self, keep: fn(u8) -> bool) -> &'a str {
        let start = self.at;
        let tail = self.text.as_bytes().get(start..).unwrap_or(&[]);
        self.at += tail.iter().position(|&b| !keep(b)).unwrap_or(tail.len());
        self.text.get(start..self.at).unwrap_or("")
    }

    /// A non-empty run.
    pub(crate) fn some(&mut self, keep: fn(u8) -> bool) -> Option<&'a str> {
        Some(self.run(keep)).filter(|found| !found.is_empty())
    }

    pub(crate) fn token(&mut self) -> Option<&'a str> {
        self.some(is_token)
    }

    /// Everything before the next `byte`, stepping over that byte too.
    pub(crate) fn until(&mut self, byte: u8) -> Option<&'a str> {
        let tail = self.rest();
        let length = find(tail.as_bytes(), byte)?;
        self.at += length + 1;
        tail.get(..length)
    }

    /// A quoted string, unescaped. The opening quote must be next.
    pub(crate) fn quoted(&mut self) -> Option<String> {
        if !self.eat(b'"') {
            return None;
        }
        let mut text = String::new();
        loop {
            text.push_str(self.run(|b| b != b'"' && b != b'\\'));
            if self.eat(b'"') {
                return Some(text);
            }
            self.at += 1; // the backslash, or past the end of an unterminated string
            let escaped = self.rest().chars().next()?;
            self.at += escaped.len_utf8();
            text.push(escaped);
        }
    }

    /// A run of digits as a number; too many digits saturate.
    pub(crate) fn number(&mut self) -> Option<u64> {
        let digits = self.some(|b| b.is_ascii_digit())?;
        Some(digits.bytes().fold(0u64, |n, b| {
            n.saturating_mul(10).saturating_add(u64::from(b - b'0'))
        }))
    }

    /// The error "header `name` is malformed here".
    pub(crate) fn fail(&self, name: &'static str) -> HeaderError {
        HeaderError {
            header: name,
            at: self.at,
        }
    }

    /// `value` if the text ends here, else the error.
    pub(crate) fn finish<T>(&mut self, name: &'static str, value: T) -> Result<T, HeaderError> {
        self.space();
        if self.done() {
            Ok(value)
        } else {
            Err(self.fail(name))
        }
    }
}

/// RFC 3261 §25.1 `token`.
pub(crate) fn is_token(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(
            b,
            b'-' | b'.' | b'!' | b'%' | b'*' | b'_' | b'+' | b'`' | b'\'' | b'~'
        )
}

/// RFC 3261 §25.1 `unreserved`.
pub(crate) fn is_unreserved(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')')
}

/// Whether every `%` in `text` starts two hexadecimal digits.
pub(crate) fn escapes_are_whole(text: &str) -> bool {
    split(text, b'%').skip(1).all(|behind| {
        let pair = behind.as_bytes().get(..2);
        pair.is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
    })
}

/// `text` with its `%HH` escapes resolved; bytes that are no UTF-8 become U+FFFD.
pub(crate) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.as_bytes();
    while let Some((&b, tail)) = left.split_first() {
        left = tail;
        match (b, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(nibble(*high) << 4 | nibble(*low));
                left = after;
            }
            _ => bytes.push(b),
        }
    }
    lossy(&bytes)
}

fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20).wrapping_sub(b'a').wrapping_add(10),
    }
}

/// Appends `text`, escaping every byte that `keep` refuses.
pub(crate) fn escape_into(out: &mut String, text: &str, keep: fn(u8) -> bool) {
    for b in text.bytes() {
        if keep(b) && b.is_ascii() {
            out.push(b as char);
        } else {
            out.push('%');
            out.push(hex_digit(b >> 4).to_ascii_uppercase());
            out.push(hex_digit(b & 15).to_ascii_uppercase());
        }
    }
}

/// The lower-case hexadecimal digit of `nibble` (0 to 15).
pub(crate) fn hex_digit(nibble: u8) -> char {
    (if nibble < 10 {
        b'0' + nibble
    } else {
        b'a' - 10 + nibble
    }) as char
}

/// Whether `b` may stand in no value we write: a control character other than HTAB (RFC 3261 §25.1).
pub(crate) fn is_forbidden(b: u8) -> bool {
    b.is_ascii_control() && b != b'\t'
}

/// Appends `text` as a quoted string, control characters as spaces.
pub(crate) fn quote_into(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\t' => out.push('\t'),
            _ => out.push(if c.is_ascii_control() { ' ' } else { c }),
        }
    }
    out.push('"');
}

/// Appends `number` in decimal, without `core::fmt`.
pub(crate) fn number_into(out: &mut String, number: u64) {
    if number > 9 {
        number_into(out, number / 10);
    }
    out.push((b'0' + (number % 10) as u8) as char);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_strings_unescape_and_must_end() {
        assert_eq!(
            Scan::new(r#""J \"R\" \\ é" x"#).quoted().as_deref(),
            Some(r#"J "R" \ é"#)
        );
        assert_eq!(Scan::new(r#""open"#).quoted(), None);
        assert_eq!(Scan::new(r#""open\"#).quoted(), None);
    }

    #[test]
    fn numbers_saturate_instead_of_wrapping() {
        assert_eq!(Scan::new("36893488147419103232").number(), Some(u64::MAX));
        assert_eq!(Scan::new("0068").number(), Some(68));
        let mut out = String::new();
        number_into(&mut out, 1_020);
        assert_eq!(out, "1020");
    }

    #[test]
    fn escapes_resolve_once() {
        assert_eq!(unescape("%75se%72%2541"), "user%41");
        assert_eq!(unescape("50%"), "50%");
        assert!(!escapes_are_whole("50%"));
        assert!(!escapes_are_whole("%4"));
        let mut out = String::new();
        escape_into(&mut out, "a b\r\né", is_unreserved);
        assert_eq!(out, "a%20b%0D%0A%C3%A9");
    }
}
