//! The headers of a message, in order.

use std::fmt;

use super::names;
use crate::error::{HeaderError, InvalidHeader};
use crate::header::Header;
use crate::scan::{is_forbidden, is_token};
use crate::text::{clean_into, find, trim};

/// Headers in their order: names without case, compact forms as long names, list headers one value per entry.
///
/// Content-Length is not among them: the parser has used it up, the writer computes it.
///
/// Kept as they are written, `Name: value` and a line break each: a message is one allocation to read, copy and drop, and
/// writing it is a copy. Names are tokens and values hold no line break, so the text splits in one way only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(String);

/// The names and values of header lines.
struct Lines<'a>(&'a str);

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.0;
        let colon = find(text.as_bytes(), b':')?;
        let end = colon + find(text.as_bytes().get(colon..)?, b'\n')?;
        self.0 = text.get(end + 1..)?;
        // Behind the colon a space, before the line feed a carriage return.
        Some((text.get(..colon)?, text.get(colon + 2..end - 1)?))
    }
}

impl Headers {
    /// No headers.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value of `name`, as text.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut lines = self.iter();
        lines
            .find(|(known, _)| names::same(known, name))
            .map(|(_, value)| value)
    }

    /// Every value of `name`, as text.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter()
            .filter(move |(known, _)| names::same(known, name))
            .map(|(_, value)| value)
    }

    /// How many values `name` has.
    pub fn count(&self, name: &str) -> usize {
        self.all(name).count()
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        Lines(&self.0)
    }

    /// The first header of type `H`, read now.
    pub fn typed<H: Header>(&self) -> Option<Result<H, HeaderError>> {
        self.get(H::NAME).map(H::parse)
    }

    /// Every header of type `H`, each read as it is reached.
    pub fn typed_all<H: Header>(&self) -> impl Iterator<Item = Result<H, HeaderError>> {
        self.all(H::NAME).map(H::parse)
    }

    /// Puts `header` in place of all of its name: where the first one stood, else last.
    pub fn set<H: Header>(&mut self, header: &H) {
        let value = value_of(header);
        if !self.rewrite(H::NAME, Extent::All, Some(&value)) {
            self.line(H::NAME, &value);
        }
    }

    /// Adds `header` behind all others.
    pub fn push<H: Header>(&mut self, header: &H) {
        self.line(H::NAME, &value_of(header));
    }

    /// Adds `header` before all others, as a new topmost Via needs.
    pub fn push_front<H: Header>(&mut self, header: &H) {
        let mut front = Self::new();
        front.push(header);
        self.0.insert_str(0, &front.0);
    }

    /// Removes every value of `name`.
    pub fn remove(&mut self, name: &str) {
        self.rewrite(name, Extent::All, None);
    }

    /// Removes the first value of `name` only.
    pub fn remove_first(&mut self, name: &str) {
        self.rewrite(name, Extent::First, None);
    }

    /// Adds a header we have no type for. The value must be one value: a list is not split here.
    pub fn push_raw(&mut self, name: &str, value: &str) -> Result<(), InvalidHeader> {
        if name.is_empty() || !name.bytes().all(is_token) {
            return Err(InvalidHeader::Name);
        }
        if value.bytes().any(is_forbidden) {
            return Err(InvalidHeader::Value);
        }
        let (name, _) = names::fold(name);
        if name == "Content-Length" {
            return Err(InvalidHeader::Computed);
        }
        self.line(name, value);
        Ok(())
    }

    /// Copies every value of `name` from `source`.
    pub fn copy(&mut self, source: &Self, name: &str) {
        for (known, value) in source.iter().filter(|(known, _)| names::same(known, name)) {
            self.line(known, value);
        }
    }

    /// Adds what the parser read; `name` is folded, `value` free of line breaks.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        for part in [name, ": ", trim(value), "\r\n"] {
            self.0.push_str(part);
        }
    }

    /// The header lines as they go onto the wire, without the empty line.
    pub(super) fn as_text(&self) -> &str {
        &self.0
    }

    /// Takes values of `name` out; where the first one stood, `value` goes in. Says whether there was one.
    fn rewrite(&mut self, name: &str, extent: Extent, value: Option<&str>) -> bool {
        let mut kept = Self(String::with_capacity(self.0.len()));
        let mut found = false;
        for (known, old) in self.iter() {
            if !names::same(known, name) || (found && extent == Extent::First) {
                kept.line(known, old);
                continue;
            }
            if let Some(value) = value.filter(|_| !found) {
                kept.line(known, value);
            }
            found = true;
        }
        *self = kept;
        found
    }
}

/// Which values of a name are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    All,
    First,
}

// What does not depend on the header's type stays out of this function, which exists once for each type.
fn value_of<H: Header>(header: &H) -> String {
    let mut value = String::new();
    header.write(&mut value);
    tidy(value)
}

/// The types do not let a line break through; this makes it true for every type to come.
#[inline(never)]
fn tidy(value: String) -> String {
    if !value.bytes().any(is_forbidden) {
        return value;
    }
    let mut clean = String::new();
    clean_into(&mut clean, &value);
    clean
}

impl fmt::Debug for Headers {
    /// Names only: values hold numbers, addresses and credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::{CallId, MaxForwards};

    #[test]
    fn names_match_in_any_form() {
        let mut headers = Headers::new();
        headers.push_raw("i", " abc ").unwrap();
        headers.push_raw("X-Exotel-CallSid", "77").unwrap();
        assert_eq!(headers.get("call-ID"), Some("abc"));
        assert_eq!(headers.get("I"), Some("abc"));
        assert_eq!(headers.get("x-exotel-callsid"), Some("77"));
        headers.remove("I");
        assert_eq!(headers.get("Call-ID"), None);
    }

    #[test]
    fn set_keeps_the_place_of_the_first() {
        let mut headers = Headers::new();
        for (name, value) in [("X-A", "1"), ("Call-ID", "x"), ("X-B", "2"), ("Call-ID", "y")] {
            headers.push_raw(name, value).unwrap();
        }
        headers.set(&CallId("z".into()));
        headers.set(&MaxForwards(70));
        let all: Vec<_> = headers.iter().collect();
        assert_eq!(
            all,
            [
                ("X-A", "1"),
                ("Call-ID", "z"),
                ("X-B", "2"),
                ("Max-Forwards", "70")
            ]
        );
    }

    #[test]
    fn nothing_gets_past_the_line() {
        let mut headers = Headers::new();
        assert_eq!(headers.push_raw("X", "a\r\nEvil: 1"), Err(InvalidHeader::Value));
        assert_eq!(headers.push_raw("X", "a\0"), Err(InvalidHeader::Value));
        assert_eq!(headers.push_raw("X Y", "a"), Err(InvalidHeader::Name));
        assert_eq!(headers.push_raw("", "a"), Err(InvalidHeader::Name));
        assert_eq!(headers.push_raw("l", "3"), Err(InvalidHeader::Computed));
        headers.set(&CallId("a\r\nEvil: 1".into()));
        assert_eq!(headers.get("Call-ID"), Some("a  Evil: 1"));
        assert_eq!(format!("{headers:?}"), "[\"Call-ID\"]");
    }
}
