//! Names like `Legs[0][Status]`, by which forms and queries nest values.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Brackets per name that are taken for nesting; a name with more is kept as it stands.
const MAX_BRACKETS: usize = 4;

/// Turns bracketed names into arrays and objects; the order of plain names stays.
pub(super) fn nest(pairs: impl IntoIterator<Item = (String, Value)>) -> Vec<(String, Value)> {
    let mut plain = Vec::new();
    let mut nested: BTreeMap<String, Node> = BTreeMap::new();
    for (name, value) in pairs {
        match split(&name) {
            Some((base, path)) => nested.entry(base.to_owned()).or_default().insert(&path, value),
            None => plain.push((name, value)),
        }
    }
    plain.extend(nested.into_iter().map(|(base, node)| (base, node.into_value())));
    plain
}

/// The name before the brackets, and what each pair of brackets holds.
fn split(name: &str) -> Option<(&str, Vec<&str>)> {
    let open = name.find('[').filter(|&at| at > 0)?;
    let (base, rest) = name.split_at(open);
    let inner = rest.strip_prefix('[')?.strip_suffix(']')?;
    let path: Vec<&str> = inner.split("][").take(MAX_BRACKETS + 1).collect();
    let clean = path.iter().all(|part| !part.contains(['[', ']']));
    (path.len() <= MAX_BRACKETS && clean).then_some((base, path))
}

/// A value under construction. An index is only a key to sort by, so a huge one costs nothing.
#[derive(Default)]
struct Node {
    value: Option<Value>,
    children: BTreeMap<Key, Self>,
    pushed: u32,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Index(u32),
    Name(String),
}

impl Node {
    fn insert(&mut self, path: &[&str], value: Value) {
        let Some((part, rest)) = path.split_first() else {
            self.value = Some(value);
            return;
        };
        let key = if part.is_empty() {
            self.pushed = self.pushed.saturating_add(1);
            Key::Index(self.pushed - 1)
        } else {
            part.parse()
                .map_or_else(|_| Key::Name((*part).to_owned()), Key::Index)
        };
        self.children.entry(key).or_default().insert(rest, value);
    }

    fn into_value(mut self) -> Value {
        match self.value.take() {
            Some(value) if self.children.is_empty() => return value,
            // `a[0]=x&a[0][b]=y` says two things of one place; both are kept.
            Some(value) => self.insert(&["_"], value),
            None if self.children.is_empty() => return Value::Null,
            None => {}
        }
        if self.children.keys().all(|key| matches!(key, Key::Index(_))) {
            return Value::Array(self.children.into_values().map(Self::into_value).collect());
        }
        let named = self.children.into_iter().map(|(key, node)| {
            let name = match key {
                Key::Index(index) => index.to_string(),
                Key::Name(name) => name,
            };
            (name, node.into_value())
        });
        Value::Object(named.collect::<Map<_, _>>())
    }
}

/// The reverse: one flat name per scalar, empty arrays and objects left out.
pub(super) fn flatten(name: &str, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(&format!("{name}[{index}]"), item, out);
            }
        }
        Value::Object(object) => {
            for (key, item) in object {
                flatten(&format!("{name}[{key}]"), item, out);
            }
        }
        Value::String(text) => out.push((name.to_owned(), text.clone())),
        Value::Null => out.push((name.to_owned(), String::new())),
        scalar => out.push((name.to_owned(), scalar.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn nested(names: &[&str]) -> Vec<(String, Value)> {
        nest(names.iter().map(|name| ((*name).to_owned(), json!("x"))))
    }

    #[test]
    fn indices_make_arrays_and_names_make_objects() {
        assert_eq!(
            nested(&["Legs[1][Status]", "Legs[0][Status]", "Legs[0][CauseCode]"]),
            [(
                "Legs".to_owned(),
                json!([{"Status": "x", "CauseCode": "x"}, {"Status": "x"}])
            )]
        );
        assert_eq!(nested(&["n[]", "n[]"]), [("n".to_owned(), json!(["x", "x"]))]);
    }

    #[test]
    fn a_place_with_a_value_and_an_inside_keeps_both() {
        assert_eq!(
            nested(&["a[0]", "a[0][b]"]),
            [("a".to_owned(), json!([{"_": "x", "b": "x"}]))]
        );
    }

    #[test]
    fn a_huge_index_allocates_nothing() {
        assert_eq!(
            nested(&["Legs[4294967295][Status]"]),
            [("Legs".to_owned(), json!([{"Status": "x"}]))]
        );
    }

    #[test]
    fn what_is_no_nesting_stays_a_name() {
        for name in ["[0]", "a[", "a]", "a[0", "a[0]b", "a[[0]]", "a[1][2][3][4][5]"] {
            assert_eq!(nested(&[name]), [(name.to_owned(), json!("x"))], "{name}");
        }
    }

    #[test]
    fn flattening_undoes_nesting() {
        let value = json!([{"Status": "completed", "OnCallDuration": 18}]);
        let mut flat = Vec::new();
        flatten("Legs", &value, &mut flat);
        assert_eq!(
            flat,
            [
                ("Legs[0][OnCallDuration]".to_owned(), "18".to_owned()),
                ("Legs[0][Status]".to_owned(), "completed".to_owned()),
            ]
        );
    }
}
