//! Fields that the platform spells in more than one way, sometimes in one object.

use serde_json::Value;

/// The spellings of one field each, as the types' `alias`es know them; serde takes any one of a group, never two.
const SPELLINGS: &[&[&str]] = &[
    &["CustomerId", "CustomerID"],
    &["AppID", "AppId"],
    &["AppUserId", "AppUserID"],
    &["AppUsername", "AppUserName"],
    &["ExotelUserId", "ExotelUserID"],
    &["ExotelUserName", "ExotelUsername"],
    &["ActiveDeviceId", "ActiveDeviceID"],
    &["PhoneDeviceID", "PhoneDeviceId"],
    &["SipDeviceID", "SipDeviceId"],
    &["SipId", "SipID"],
    &["LastEvaluatedValue", "NextKey", "next_key"],
    &["CallSid", "CallSID"],
];

/// A call's id, which is a spelling of `Sid` in calls only.
const CALL_SPELLINGS: &[&[&str]] = &[&["Sid", "CallSid"], &["sid", "call_sid"]];

/// Leaves one spelling of each field in a record, in each record of a list, and in the `Users` of a page: the first
/// that holds something, or the first at all.
pub(crate) fn one_each(value: &mut Value) {
    match value {
        Value::Array(records) => records.iter_mut().for_each(one_each),
        Value::Object(_) => {
            keep_one(value, SPELLINGS);
            if let Some(users) = value.get_mut("Users") {
                one_each(users);
            }
        }
        _ => {}
    }
}

/// [`one_each`] for the record of a call.
pub(crate) fn one_each_of_call(call: &mut Value) {
    keep_one(call, CALL_SPELLINGS);
}

fn keep_one(record: &mut Value, groups: &[&[&str]]) {
    let Some(fields) = record.as_object_mut() else {
        return;
    };
    for group in groups {
        let filled = |name: &&&str| fields.get(**name).is_some_and(|value| !is_unset(value));
        let kept =
            (group.iter().find(filled)).or_else(|| group.iter().find(|name| fields.contains_key(**name)));
        if let Some(kept) = kept.copied() {
            fields.retain(|name, _| name == kept || !group.contains(&name.as_str()));
        }
    }
}

fn is_unset(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_one_that_is_filled_in_stays() {
        for (mut given, left) in [
            (
                json!({"CustomerId": "", "CustomerID": "c"}),
                json!({"CustomerID": "c"}),
            ),
            (
                json!({"CustomerId": "c", "CustomerID": null}),
                json!({"CustomerId": "c"}),
            ),
            (json!({"AppID": null, "AppId": ""}), json!({"AppID": null})),
            (
                json!([{"SipId": "a", "SipID": "b", "x": 1}, 7]),
                json!([{"SipId": "a", "x": 1}, 7]),
            ),
            (
                json!({"Users": [{"AppUserId": "", "AppUserID": 7}], "NextKey": "", "next_key": 21}),
                json!({"Users": [{"AppUserID": 7}], "next_key": 21}),
            ),
        ] {
            one_each(&mut given);
            assert_eq!(given, left);
        }
        let mut call = json!({"Sid": "", "CallSid": "7b", "sid": 1});
        one_each_of_call(&mut call);
        assert_eq!(call, json!({"CallSid": "7b", "sid": 1}));
    }
}
