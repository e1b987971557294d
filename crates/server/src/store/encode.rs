//! How values look in a column: words, JSON, text that every database takes.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Kept, StoreError, TokenHash};

/// As JSON text.
pub(super) fn json<T: Serialize>(place: &'static str, value: &T) -> Kept<String> {
    serde_json::to_string(value).map_err(|error| corrupt(place, &error))
}

/// From JSON text.
pub(super) fn read_json<T: DeserializeOwned>(place: &'static str, text: &str) -> Kept<T> {
    serde_json::from_str(text).map_err(|error| corrupt(place, &error))
}

/// The word that serde has for a unit variant.
pub(super) fn word<T: Serialize>(place: &'static str, value: &T) -> Kept<String> {
    let json = json(place, value)?;
    Ok(json.trim_matches('"').to_owned())
}

/// The unit variant of a word.
pub(super) fn read_word<T: DeserializeOwned>(place: &'static str, word: &str) -> Kept<T> {
    let value = serde_json::Value::String(word.to_owned());
    serde_json::from_value(value).map_err(|error| corrupt(place, &error))
}

/// A hash of 32 bytes.
pub(super) fn read_hash(place: &'static str, bytes: &[u8]) -> Kept<TokenHash> {
    TokenHash::try_from(bytes).map_err(|_| StoreError::Corrupt {
        place,
        why: format!("{} bytes instead of 32", bytes.len()),
    })
}

/// The same without NUL, which PostgreSQL refuses in text. Anything from outside passes through here.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Only the digits: how numbers are searched.
pub(super) fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// A `LIKE` pattern that finds `part` anywhere; `\` escapes.
pub(super) fn pattern(part: &str) -> String {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for c in part.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Serde's own words name a place in the text and at most a key or a word of it; only the place is kept.
fn corrupt(place: &'static str, error: &serde_json::Error) -> StoreError {
    let why = format!("line {} column {}", error.line(), error.column());
    StoreError::Corrupt { place, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::session::Role;

    #[test]
    fn words_there_and_back() {
        assert_eq!(word("t", &Role::Supervisor).unwrap(), "supervisor");
        assert_eq!(read_word::<Role>("t", "admin").unwrap(), Role::Admin);
        assert!(read_word::<Role>("t", "king").is_err());
    }

    #[test]
    fn a_pattern_takes_signs_as_they_are() {
        assert_eq!(pattern(r"50%_\"), r"%50\%\_\\%");
    }

    #[test]
    fn nul_never_reaches_a_database() {
        assert_eq!(clean("a\0b"), "a\u{fffd}b");
    }
}
