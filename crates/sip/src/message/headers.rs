//! The headers of a message, in order.

use std::borrow::Cow;
use std::fmt;

use super::names;
use crate::error::{HeaderError, InvalidHeader};
use crate::header::Header;
use crate::scan::{BLANK, is_forbidden, is_token};

/// Headers in their order: names without case, compact forms as long names, list headers one value per entry.
///
/// Content-Length is not among them: the parser has used it up, the writer computes it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<Field>);

#[derive(Clone, PartialEq, Eq)]
struct Field {
    name: Cow<'static, str>,
    value: String,
}

impl Headers {
    /// No headers.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value of `name`, as text.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|f| names::same(&f.name, name))
            .map(|f| f.value.as_str())
    }

    /// Every value of `name`, as text.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |f| names::same(&f.name, name))
            .map(|f| f.value.as_str())
    }

    /// How many values `name` has.
    pub fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|f| names::same(&f.name, name)).count()
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|f| (&*f.name, f.value.as_str()))
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
        self.replace(field(header));
    }

    fn replace(&mut self, field: Field) {
        match self.0.iter().position(|f| f.name == field.name) {
            Some(at) => {
                let mut seen = 0usize;
                self.0.retain(|f| {
                    f.name != field.name || {
                        seen += 1;
                        seen == 1
                    }
                });
                if let Some(place) = self.0.get_mut(at) {
                    *place = field;
                }
            }
            None => self.0.push(field),
        }
    }

    /// Adds `header` behind all others.
    pub fn push<H: Header>(&mut self, header: &H) {
        self.add(field(header));
    }

    /// Adds `header` before all others, as a new topmost Via needs.
    pub fn push_front<H: Header>(&mut self, header: &H) {
        self.0.insert(0, field(header));
    }

    // What does not depend on the header's type stays out of the functions above, which exist once for each type.
    #[inline(never)]
    fn add(&mut self, field: Field) {
        self.0.push(field);
    }

    /// Removes every value of `name`.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|f| !names::same(&f.name, name));
    }

    /// Removes the first value of `name` only.
    pub fn remove_first(&mut self, name: &str) {
        if let Some(at) = self.0.iter().position(|f| names::same(&f.name, name)) {
            self.0.remove(at);
        }
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
        self.0.push(Field {
            name,
            value: value.trim_matches(BLANK).to_owned(),
        });
        Ok(())
    }

    /// Copies every value of `name` from `source`.
    pub fn copy(&mut self, source: &Self, name: &str) {
        self.0
            .extend(source.0.iter().filter(|f| names::same(&f.name, name)).cloned());
    }

    /// Adds what the parser read; `name` is folded, `value` free of line breaks.
    pub(super) fn push_parsed(&mut self, name: Cow<'static, str>, value: String) {
        self.0.push(Field { name, value });
    }
}

fn field<H: Header>(header: &H) -> Field {
    let mut value = String::new();
    header.write(&mut value);
    tidy(H::NAME, value)
}

#[inline(never)]
fn tidy(name: &'static str, mut value: String) -> Field {
    // The types do not let a line break through; this line makes it true for every type to come.
    if value.bytes().any(is_forbidden) {
        value = value.replace(|c: char| c.is_ascii_control() && c != '\t', " ");
    }
    if value.starts_with(BLANK) || value.ends_with(BLANK) {
        value = value.trim_matches(BLANK).to_owned();
    }
    Field {
        name: Cow::Borrowed(name),
        value,
    }
}

impl fmt::Debug for Headers {
    /// Names only: values hold numbers, addresses and credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|field| &field.name))
            .finish()
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
