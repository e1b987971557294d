//! The named values of a webhook, whatever they travelled in.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

/// The fields of one webhook, found by name without regard to case, `_` and `-`: `AppUserID`, `AppUserId`
/// and `app_user_id` are one name, since the platform uses all such spellings.
///
/// `Debug` shows names only: values hold pins and phone numbers.
#[derive(Clone, Default, PartialEq)]
pub struct Fields(BTreeMap<String, Field>);

#[derive(Clone, PartialEq)]
struct Field {
    /// The name as sent.
    name: String,
    value: Value,
}

impl Fields {
    /// The fields of a JSON object.
    pub fn from_object(object: Map<String, Value>) -> Self {
        object.into_iter().collect()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `name` is there, empty or not.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(&fold(name))
    }

    /// The text under `name`, if it is text.
    pub fn peek_text(&self, name: &str) -> Option<&str> {
        self.0.get(&fold(name))?.value.as_str()
    }

    /// Takes out what `name` holds.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(&fold(name)).map(|field| field.value)
    }

    /// Puts a value in. Of two values under one name the later counts, unless it is empty.
    pub(super) fn put(&mut self, name: String, value: Value) {
        let folded = fold(&name);
        if is_unset(&value) && self.0.contains_key(&folded) {
            return;
        }
        self.0.insert(folded, Field { name, value });
    }

    /// What is left, under the names as sent.
    pub(super) fn into_object(self) -> Map<String, Value> {
        self.0
            .into_values()
            .map(|field| (field.name, field.value))
            .collect()
    }
}

impl FromIterator<(String, Value)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(pairs: I) -> Self {
        let mut fields = Self::default();
        for (name, value) in super::brackets::nest(pairs) {
            fields.put(name, value);
        }
        fields
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.0.values().map(|field| &field.name))
            .finish()
    }
}

/// Null and empty text both mean that nobody filled the field in.
pub(super) fn is_unset(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

/// The part of a name that all its spellings share.
pub(super) fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-'))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect()
    }

    #[test]
    fn every_spelling_is_one_name() {
        let mut read = fields(&[("AppUserID", "ajay")]);
        assert!(read.has("AppUserId") && read.has("app_user_id"));
        assert_eq!(read.take("app_user_id"), Some(json!("ajay")));
        assert!(read.is_empty());
    }

    #[test]
    fn the_later_value_counts_unless_it_is_empty() {
        assert_eq!(fields(&[("a", "1"), ("a", "2")]).peek_text("a"), Some("2"));
        assert_eq!(fields(&[("a", "1"), ("A", "")]).peek_text("a"), Some("1"));
    }

    #[test]
    fn debug_shows_names_only() {
        assert_eq!(format!("{:?}", fields(&[("pin", "0042")])), r#"{"pin"}"#);
    }
}
