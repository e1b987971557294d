//! The file and the environment as one flat list: `phone.turn.urls`, what was written, and where.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::fault::{Fault, Place};

/// What was written for a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    /// Text in quotes.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    Flag(bool),
    /// Texts in brackets.
    List(Vec<String>),
    /// A variable's text, which is whatever the key wants.
    Variable(String),
    /// `[section]` with nothing below it.
    EmptyTable,
    /// What no key takes: its name for people.
    Odd(&'static str),
}

/// A key's value and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) written: Written,
    pub(super) place: Place,
}

/// By whole key.
pub(super) type Entries = BTreeMap<String, Entry>;

/// Variables of the environment that belong to the configuration begin with this.
const PREFIX: &str = "SOFTPHONE__";

/// Reads `text`; what is no TOML becomes faults, the rest is read all the same.
pub(super) fn read(text: &str, faults: &mut Vec<Fault>) -> Entries {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let start = error.span().map_or(0, |span| span.start);
        faults.push(Fault {
            place: Place::Line(line_of(text, start)),
            key: String::new(),
            words: format!("This is not TOML: {}.", error.message()),
        });
    }
    let mut entries = Entries::new();
    flatten(text, "", table.get_ref(), &mut entries);
    entries
}

fn flatten(text: &str, above: &str, table: &DeTable<'_>, entries: &mut Entries) {
    for (name, value) in table {
        let key = format!("{above}{}", name.get_ref());
        let written = match value.get_ref() {
            DeValue::Table(inner) if !inner.is_empty() => {
                flatten(text, &format!("{key}."), inner, entries);
                continue;
            }
            DeValue::Array(items) if is_sections(items) => {
                for (number, item) in items.iter().enumerate() {
                    if let DeValue::Table(inner) = item.get_ref() {
                        flatten(text, &format!("{key}.{number}."), inner, entries);
                    }
                }
                continue;
            }
            other => written(other),
        };
        let place = Place::Line(line_of(text, name.span().start));
        entries.insert(key, Entry { written, place });
    }
}

/// Whether these are sections in double brackets.
fn is_sections(items: &[toml::Spanned<DeValue<'_>>]) -> bool {
    let is_section = |item: &toml::Spanned<DeValue<'_>>| matches!(item.get_ref(), DeValue::Table(_));
    !items.is_empty() && items.iter().all(is_section)
}

fn written(value: &DeValue<'_>) -> Written {
    match value {
        DeValue::String(text) => Written::Text(text.to_string()),
        DeValue::Boolean(flag) => Written::Flag(*flag),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Written::Odd("a number that is too large"), Written::Number),
        DeValue::Array(items) => {
            let texts = items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned));
            texts
                .collect::<Option<_>>()
                .map_or(Written::Odd("a list of other things than texts"), Written::List)
        }
        DeValue::Float(_) => Written::Odd("a number with a fraction"),
        DeValue::Datetime(_) => Written::Odd("a date"),
        DeValue::Table(_) => Written::EmptyTable,
    }
}

/// The line of a byte, counted from 1.
fn line_of(text: &str, byte: usize) -> usize {
    let before = text.as_bytes().get(..byte).unwrap_or_default();
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

/// Puts variables over what the file says: `SOFTPHONE__PHONE__COUNTRY` is `phone.country`. A value and its `_file` are
/// one thing: the variable drives out the other spelling of the file too. Both as variables stay, as a fault.
pub(super) fn override_by(entries: &mut Entries, variables: impl Iterator<Item = (String, String)>) {
    for (name, value) in variables {
        let Some(rest) = name.strip_prefix(PREFIX) else {
            continue;
        };
        let key = rest.to_ascii_lowercase().replace("__", ".");
        let other = match key.strip_suffix("_file") {
            Some(plain) => plain.to_owned(),
            None => format!("{key}_file"),
        };
        let in_file = |entry: &Entry| matches!(entry.place, Place::Line(_));
        if entries.get(&other).is_some_and(in_file) {
            entries.remove(&other);
        }
        let entry = Entry {
            written: Written::Variable(value),
            place: Place::Variable(name),
        };
        entries.insert(key, entry);
    }
}
