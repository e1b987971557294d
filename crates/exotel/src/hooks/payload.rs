//! From [`Fields`] to a typed payload, and back.

use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::fields::{Fields, is_unset};
use super::{HookError, HookKind};
use crate::{PhoneNumber, Secret, lenient};

/// A webhook's fields as a type. Its readers accept any JSON value, so only an absent key field is an error.
pub(super) trait Payload: Serialize + DeserializeOwned {
    /// The fields as the seed spells them; other spellings are turned into these.
    const NAMES: &'static [&'static str];
    /// Other names of a field, each with the field's own.
    const ALIASES: &'static [(&'static str, &'static str)] = &[];
    /// The field without which the webhook says nothing.
    const KEY: &'static str;

    /// Reads the fields; those without a type of their own stay as they came.
    fn read(kind: HookKind, mut fields: Fields) -> Result<Self, HookError> {
        let mut object = Map::new();
        for name in Self::NAMES {
            if let Some(value) = fields.take(name) {
                object.insert((*name).to_owned(), value);
            }
        }
        for (alias, name) in Self::ALIASES {
            if object.get(*name).is_none_or(is_unset)
                && let Some(value) = fields.take(alias)
            {
                object.insert((*name).to_owned(), value);
            }
        }
        if object.get(Self::KEY).is_none_or(is_unset) {
            return Err(HookError::Missing {
                kind,
                field: Self::KEY,
            });
        }
        object.extend(fields.into_object());
        serde_json::from_value(Value::Object(object)).map_err(|_| HookError::Shape { kind })
    }
}

/// A number; where a form's `+` was not escaped and became a space, the `+` is put back.
pub(super) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PhoneNumber, D::Error> {
    lenient::text(deserializer).map(plussed)
}

/// [`items`] that are each a [`number`].
pub(super) fn numbers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PhoneNumber>, D::Error> {
    let items: Vec<Value> = items(deserializer)?;
    Ok(items
        .into_iter()
        .map(|item| plussed(lenient::into_text(item)))
        .collect())
}

fn plussed(text: String) -> PhoneNumber {
    let digits = text
        .strip_prefix(' ')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    PhoneNumber::as_given(match digits {
        Some(digits) => format!("+{digits}"),
        None => text,
    })
}

/// Gathered digits, which arrive inside double quotes. They may be a pin.
pub(super) fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    let text = lenient::text(deserializer)?;
    Ok(Secret::new(text.trim().trim_matches('"')))
}

/// Whole seconds from a number or a numeric string; a negative or unreadable one is none.
pub(super) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(lenient::int(deserializer)?.and_then(|seconds| u32::try_from(seconds).ok()))
}

/// A list of `T` from an array, a single element or the JSON text of an array; elements that are no `T` are left out.
pub(super) fn items<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let items = match Value::deserialize(deserializer)? {
        Value::Array(items) => items,
        Value::String(text) if text.starts_with('[') => serde_json::from_str(&text).unwrap_or_default(),
        one if is_unset(&one) => Vec::new(),
        one => vec![one],
    };
    Ok(items
        .into_iter()
        .filter_map(|item| serde_json::from_value(item).ok())
        .collect())
}

/// Writes pins out, for the sender's side.
pub(super) fn reveal_all<S: serde::Serializer>(secrets: &[Secret], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(secrets.iter().map(Secret::reveal))
}
