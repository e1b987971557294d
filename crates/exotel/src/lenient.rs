//! Readers for fields whose JSON type the platform does not keep to. Used as `#[serde(deserialize_with = "...")]`,
//! together with `#[serde(default)]` for fields that may be absent.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// Text from a string, a number or a bool; `null` is the empty text. Objects and arrays are kept as their JSON.
///
/// # Errors
/// Only when the input is no JSON at all.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(into_text(Value::deserialize(deserializer)?))
}

/// [`text`], with `null` and the empty text as `None`.
///
/// # Errors
/// Only when the input is no JSON at all.
pub fn text_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Some(text(deserializer)?).filter(|text| !text.is_empty()))
}

/// A whole number from a number or from digits in a string; anything else, the empty string included, is `None`.
///
/// # Errors
/// Only when the input is no JSON at all.
pub fn int<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// A bool from `true`, `"true"`, `"True"`, `1`, `"1"` and their opposites; anything else is `None`.
///
/// # Errors
/// Only when the input is no JSON at all.
pub fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Bool(flag) => Some(flag),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    })
}

/// A list from an array, from one element alone, or from `null` as no element.
///
/// # Errors
/// When an element is not a `T`.
pub fn list<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let elements = match Value::deserialize(deserializer)? {
        Value::Null => Vec::new(),
        Value::Array(elements) => elements,
        one => vec![one],
    };
    elements
        .into_iter()
        .map(|element| T::deserialize(element).map_err(serde::de::Error::custom))
        .collect()
}

/// The text of one JSON value, as [`text`] reads it.
pub(crate) fn into_text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn whole(number: f64) -> Option<i64> {
    // Beyond 2^53 a float no longer means one whole number.
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

/// The fields of a record that this crate has no name for, kept as they came, for `#[serde(flatten)]`.
/// `Debug` shows only their names: nobody can say whether a value is a secret.
#[derive(Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct More(pub Map<String, Value>);

impl fmt::Debug for More {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A value of a shape that nobody documented, kept as it came. `Debug` shows the shape and the names in it, for the
/// same reason as [`More`].
#[derive(Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Hidden(pub Value);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::Null => f.write_str("null"),
            Value::Bool(_) => f.write_str("bool"),
            Value::Number(_) => f.write_str("number"),
            Value::String(_) => f.write_str("text"),
            Value::Array(items) => write!(f, "[{} items]", items.len()),
            Value::Object(fields) => f.debug_set().entries(fields.keys()).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Record {
        #[serde(default, deserialize_with = "int")]
        number: Option<i64>,
        #[serde(default, deserialize_with = "boolean")]
        flag: Option<bool>,
        #[serde(default, deserialize_with = "text_option")]
        words: Option<String>,
        #[serde(default, deserialize_with = "list")]
        many: Vec<u8>,
        #[serde(flatten)]
        more: More,
    }

    fn read(json: &str) -> Record {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn numbers_come_in_strings_too() {
        for (json, number) in [
            ("10", Some(10)),
            ("\"10\"", Some(10)),
            ("10.0", Some(10)),
            ("10.5", None),
            ("1e300", None),
            ("\"\"", None),
            ("null", None),
            ("[]", None),
        ] {
            assert_eq!(read(&format!("{{\"number\":{json}}}")).number, number, "{json}");
        }
    }

    #[test]
    fn flags_come_in_strings_too() {
        for (json, flag) in [
            ("true", Some(true)),
            ("\"false\"", Some(false)),
            ("\"True\"", Some(true)),
            ("1", Some(true)),
            ("2", None),
            ("null", None),
        ] {
            assert_eq!(read(&format!("{{\"flag\":{json}}}")).flag, flag, "{json}");
        }
    }

    #[test]
    fn absent_empty_and_single_are_no_errors() {
        let record = read(r#"{"words":"","many":7,"Password":"x"}"#);
        assert_eq!((record.words, record.many), (None, vec![7]));
        assert_eq!(format!("{:?}", record.more), r#"{"Password"}"#);
        assert_eq!(read(r#"{"many":null,"words":5}"#).words.as_deref(), Some("5"));
    }

    #[test]
    fn an_undocumented_value_shows_its_shape_only() {
        for (value, shown) in [
            (Value::Null, "null"),
            ("+918040408080".into(), "text"),
            (serde_json::json!([{"Leg": "+918040408080"}]), "[1 items]"),
            (serde_json::json!({"Phone": "+918040408080"}), r#"{"Phone"}"#),
        ] {
            assert_eq!(format!("{:?}", Hidden(value)), shown);
        }
    }
}
