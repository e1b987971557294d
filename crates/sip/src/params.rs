//! `;name=value` parameters, of URIs and of headers.

use crate::scan::{Scan, is_token, quote_into};

/// Parameters in their order. Names compare without case.
///
/// Kept in one text, a line each: the name, a mark, and the value without quotes and escapes. The mark is no token character,
/// so it ends the name, and a value holds no line feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(String);

/// `;lr`
const FLAG: u8 = b';';
/// `;tag=abc`, as written
const PLAIN: u8 = b'=';
/// `;text="abc"`
const QUOTED: u8 = b'"';

/// Name, mark and value of each line.
struct Entries<'a>(&'a str);

impl<'a> Iterator for Entries<'a> {
    type Item = (&'a str, u8, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let mut scan = Scan::new(self.0);
        let name = scan.token()?;
        let mark = scan.peek()?;
        let value = scan.until(b'\n')?.get(1..)?;
        self.0 = scan.rest();
        Some((name, mark, value))
    }
}

impl Params {
    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of `name`; the empty string if it is there without one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Whether `name` is there, with or without a value.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Names and values in order; the empty string where there is no value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        Entries(&self.0).map(|(name, _, value)| (name, value))
    }

    /// Sets `name=value`, in place of any former value and behind all others. A value that is no token is written
    /// quoted. A name that is no token is ignored: it could not be written.
    pub fn set(&mut self, name: &str, value: &str) {
        let plain = !value.is_empty() && value.bytes().all(is_plain);
        self.put(name, if plain { PLAIN } else { QUOTED }, value);
    }

    /// Sets `name="value"`, for parameters whose grammar wants the quotes.
    pub fn set_quoted(&mut self, name: &str, value: &str) {
        self.put(name, QUOTED, value);
    }

    /// Sets `name` alone, as in `;lr`.
    pub fn set_flag(&mut self, name: &str) {
        self.put(name, FLAG, "");
    }

    /// Removes `name`.
    pub fn remove(&mut self, name: &str) {
        let mut kept = Self::new();
        for (known, mark, value) in Entries(&self.0) {
            if !known.eq_ignore_ascii_case(name) {
                kept.add(known, mark, value);
            }
        }
        *self = kept;
    }

    fn put(&mut self, name: &str, mark: u8, value: &str) {
        if !name.is_empty() && name.bytes().all(is_token) {
            self.remove(name);
            self.add(name, mark, value);
        }
    }

    fn add(&mut self, name: &str, mark: u8, value: &str) {
        self.0.push_str(name);
        self.0.push(mark.into());
        for c in value.chars() {
            // It would be written as a space anyway.
            self.0.push(if c == '\n' { ' ' } else { c });
        }
        self.0.push('\n');
    }

    /// Reads `*( SEMI generic-param )`; `None` if a parameter is malformed.
    pub(crate) fn read(scan: &mut Scan<'_>) -> Option<Self> {
        let mut params = Self::new();
        while scan.separator(b';') {
            let name = scan.token()?;
            if !scan.separator(b'=') {
                params.add(name, FLAG, "");
            } else if scan.peek() == Some(b'"') {
                params.add(name, QUOTED, &scan.quoted()?);
            } else {
                params.add(name, PLAIN, scan.some(is_plain)?);
            }
        }
        Some(params)
    }

    /// Appends them as header parameters.
    pub(crate) fn write(&self, out: &mut String) {
        for (name, mark, value) in Entries(&self.0) {
            out.push(';');
            out.push_str(name);
            if mark != FLAG {
                out.push('=');
            }
            if mark == QUOTED {
                quote_into(out, value);
            } else {
                out.push_str(value);
            }
        }
    }
}

/// What we take as an unquoted value: wider than token or host, as peers write base64 tags and bare IPv6.
fn is_plain(b: u8) -> bool {
    b.is_ascii_graphic() && !matches!(b, b';' | b',' | b'"' | b'<' | b'>' | b'\\' | b'?')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Params> {
        let mut scan = Scan::new(text);
        let params = Params::read(&mut scan)?;
        scan.done().then_some(params)
    }

    #[test]
    fn reads_values_flags_and_quotes() {
        let params = read(" ; tag  = 98a ;lr;received=[2001:db8::9] ;text=\"a;b \\\"c\\\"\"").unwrap();
        assert_eq!(params.get("TAG"), Some("98a"));
        assert_eq!(params.get("lr"), Some(""));
        assert_eq!(params.get("received"), Some("[2001:db8::9]"));
        assert_eq!(params.get("text"), Some("a;b \"c\""));
        let mut out = String::new();
        params.write(&mut out);
        assert_eq!(out, ";tag=98a;lr;received=[2001:db8::9];text=\"a;b \\\"c\\\"\"");
    }

    #[test]
    fn empty_parameters_and_values_are_malformed() {
        assert_eq!(read(";;"), None);
        assert_eq!(read(";tag="), None);
        assert_eq!(read(";text=\"open"), None);
    }

    #[test]
    fn a_value_cannot_break_out() {
        let mut params = Params::new();
        params.set("tag", "x;y=z\r\nEvil: 1");
        params.set("bad name", "v");
        let mut out = String::new();
        params.write(&mut out);
        assert_eq!(out, ";tag=\"x;y=z  Evil: 1\"");
    }
}
