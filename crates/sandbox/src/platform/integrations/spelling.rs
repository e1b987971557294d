//! Ids and words that the platform spells in two ways.

use serde_json::Value;

use crate::platform::{Quirk, Quirks};

/// Ids as some samples write them, and as others do.
const IDS: [(&str, &str); 7] = [
    ("CustomerID", "CustomerId"),
    ("CustomerId", "CustomerID"),
    ("AppID", "AppId"),
    ("AppUserId", "AppUserID"),
    ("PhoneDeviceID", "PhoneDeviceId"),
    ("SipDeviceID", "SipDeviceId"),
    ("ActiveDeviceId", "ActiveDeviceID"),
];

/// Respells `data` where a switch says so.
pub(super) fn apply(quirks: &Quirks, data: &mut Value) {
    let (ids, domain) = (quirks.has(Quirk::OtherIds), quirks.has(Quirk::CapitalDomain));
    if ids || domain {
        walk(data, ids, domain);
    }
}

fn walk(data: &mut Value, ids: bool, domain: bool) {
    match data {
        Value::Object(fields) => {
            let old = std::mem::take(fields);
            for (name, mut value) in old {
                walk(&mut value, ids, domain);
                if domain && name == "ExotelDomain" && value == "mumbai" {
                    value = Value::from("Mumbai");
                }
                let other = IDS.iter().find(|(from, _)| ids && *from == name);
                fields.insert(other.map_or(name, |(_, to)| (*to).to_owned()), value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, ids, domain)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_are_spelt_the_other_way_at_every_depth() {
        let mut data = json!({"Users": [{"CustomerId": "c", "AppUserId": "u", "Role": "admin"}]});
        apply(&Quirks::new(&[Quirk::OtherIds]), &mut data);
        assert_eq!(
            data,
            json!({"Users": [{"CustomerID": "c", "AppUserID": "u", "Role": "admin"}]})
        );
    }
}
