//! The text an app hands to dial-whom with a call.

use std::fmt;

/// The `message` of a dialled call, which dial-whom receives as `CustomField` (seed: voice-client-sdk-guide,
/// parameters of `dial`): letters, digits, comma, colon and the brackets `{ } ( ) [ ]`.
///
/// Letters are read as ASCII ones. Spaces, quotes and `+` are not allowed, so JSON text is not either.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CustomField(String);

impl CustomField {
    /// Checks `text` before anything is dialled.
    ///
    /// # Errors
    /// [`InvalidCustomField`] names the first character outside the set.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidCustomField> {
        let text = text.into();
        if text.is_empty() {
            return Err(InvalidCustomField::Empty);
        }
        match text.char_indices().find(|(_, c)| !is_allowed(*c)) {
            Some((at, character)) => Err(InvalidCustomField::Character { character, at }),
            None => Ok(Self(text)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ',' | ':' | '{' | '}' | '(' | ')' | '[' | ']')
}

impl fmt::Debug for CustomField {
    /// Its length only: apps put customer data here.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CustomField({} bytes)", self.0.len())
    }
}

/// Text that cannot be a [`CustomField`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidCustomField {
    /// Nothing at all.
    Empty,
    /// A character outside the set.
    Character {
        /// The first such character.
        character: char,
        /// Where, as a byte offset.
        at: usize,
    },
}

impl fmt::Display for InvalidCustomField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the message is empty; leave it out instead"),
            Self::Character { character, at } => write!(
                f,
                "the message may hold letters, digits, comma, colon and brackets only; \
                 remove {character:?} at byte {at}"
            ),
        }
    }
}

impl std::error::Error for InvalidCustomField {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_set_passes() {
        let text = "order:42,{a:(b),c:[d]}";
        assert_eq!(CustomField::new(text).unwrap().as_str(), text);
    }

    #[test]
    fn anything_else_does_not() {
        for (character, at) in [(' ', 1), ('"', 0), ('+', 2), ('é', 0), ('\n', 0), ('-', 3)] {
            let text = format!("{}{character}", "a".repeat(at));
            assert_eq!(
                CustomField::new(text),
                Err(InvalidCustomField::Character { character, at })
            );
        }
        assert_eq!(CustomField::new(""), Err(InvalidCustomField::Empty));
    }
}
