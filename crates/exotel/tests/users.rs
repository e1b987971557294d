//! Users in every shape and spelling, and what of them shows.

mod support;

use exotel::Endpoint;
use exotel::integrations::{GetUser, ListUsers, User};
use serde_json::{Value, json};
use support::{answer, case, json};

#[test]
fn a_user_comes_alone_in_a_list_or_on_a_page() {
    let user = json("integrations/get_user_response.json")["Data"].clone();
    let get = GetUser {
        app_user_id: "1".to_owned(),
    };
    let success = |data: &Value| {
        answer(
            200,
            json!({"Status": "Success", "Code": 200, "Data": data}).to_string(),
        )
    };
    for data in [
        user.clone(),
        json!([user]),
        json!({"Users": [user]}),
        json!({"Users": user, "PageSize": "20"}),
    ] {
        assert_eq!(get.parse(&success(&data)).unwrap().app_user_id, "1");
        let page = ListUsers::default().parse(&success(&data)).unwrap();
        assert_eq!((page.users.len(), page.last_value), (1, None));
    }
    for data in [
        Value::Null,
        json!([]),
        json!({"Users": null}),
        json!([{"AppUserId": "2"}]),
    ] {
        assert!(get.parse(&success(&data)).unwrap_err().is_not_found(), "{data}");
    }
    let mut somebody_else = user.clone();
    somebody_else["AppUserId"] = json!("2");
    let error = get.parse(&success(&somebody_else)).unwrap_err();
    assert!(error.outcome_is_unknown(), "{error}");
    for data in [
        json!({}),
        json!({"Items": []}),
        json!({"PageSize": 20}),
        json!(""),
    ] {
        assert!(
            get.parse(&success(&data)).unwrap_err().outcome_is_unknown(),
            "{data}"
        );
        assert!(ListUsers::default().parse(&success(&data)).is_err(), "{data}");
    }
    for cursor in ["LastEvaluatedValue", "NextKey", "next_key"] {
        let data = json!({"Users": [user], cursor: 21});
        let page = ListUsers::default().parse(&success(&data)).unwrap();
        assert_eq!(page.last_value.as_deref(), Some("21"));
    }
}

#[test]
fn ids_are_read_in_every_spelling() {
    let user: User = serde_json::from_value(json!({
        "CustomerID": "c", "AppId": "a", "AppUserID": 7, "ActiveDeviceID": "d", "PhoneDeviceId": 57,
        "SipDeviceId": "s", "IsActive": "true", "OutboundActive": null, "SipID": "sip:x"
    }))
    .unwrap();
    assert_eq!(
        (
            user.customer_id.as_str(),
            user.app_id.as_str(),
            user.app_user_id.as_str()
        ),
        ("c", "a", "7")
    );
    assert_eq!(
        (user.active_device_id.as_str(), user.phone_device_id.as_str()),
        ("d", "57")
    );
    assert_eq!((user.sip_device_id.as_str(), user.sip_user()), ("s", Some("x")));
    assert_eq!((user.is_active, user.outbound_active), (Some(true), None));
}

#[test]
fn both_spellings_of_an_id_in_one_record_are_no_error() {
    let mut user = json("integrations/get_user_response.json")["Data"].clone();
    for (spelling, value) in [
        ("CustomerID", json!("c")),
        ("CustomerId", json!("")),
        ("AppId", Value::Null),
        ("AppUserID", json!(1)),
        ("SipID", json!("")),
        ("ExotelUsername", json!("x")),
    ] {
        user[spelling] = value;
    }
    let page = json!({"Users": [user, user], "LastEvaluatedValue": "", "NextKey": 21, "next_key": null});
    let body = |data: &Value| json!({"Status": "Success", "Code": 200, "Data": data}).to_string();
    let page = ListUsers::default().parse(&answer(200, body(&page))).unwrap();
    assert_eq!((page.users.len(), page.last_value.as_deref()), (2, Some("21")));
    assert_eq!(
        (
            page.users[0].customer_id.as_str(),
            page.users[0].app_user_id.as_str()
        ),
        ("c", "1")
    );
    assert!(page.users[0].sip_user().is_some());
    for (name, data) in [
        (
            "get_app",
            json!({"AppID": "a", "AppId": "a", "CustomerID": "c", "CustomerId": "c"}),
        ),
        ("get_customer", json!({"CustomerID": "c", "CustomerId": "c"})),
        (
            "get_setting",
            json!({"Key": "callback", "AppID": "a", "AppId": "a"}),
        ),
        (
            "list_settings",
            json!([{"Key": "callback", "CustomerID": "c", "CustomerId": "c"}]),
        ),
        ("outbound_call", json!({"CallSid": "", "CallSID": "7b"})),
    ] {
        let read = (case("integrations", name).parse)(&answer(200, body(&data)));
        assert!(read.is_ok(), "{name}: {read:?}");
    }
    let v1 = json!({"Call": {"Sid": "", "CallSid": "7b"}}).to_string();
    assert!(
        (case("call_details", "get_call").parse)(&answer(200, v1))
            .unwrap()
            .contains("7b")
    );
    let v3 = json!({"response": {"data": {"sid": "7b", "call_sid": "", "state": "active"}}}).to_string();
    assert!(
        (case("call_details", "get_call_v3").parse)(&answer(200, v3))
            .unwrap()
            .contains("7b")
    );
}

#[test]
fn an_agents_number_does_not_show() {
    let placed =
        json!({"Status": "Success", "Code": 200, "Data": {"CallSid": "7b", "FromNumber": "08040408080"}});
    let shown = (case("integrations", "outbound_call").parse)(&answer(200, placed.to_string())).unwrap();
    assert!(
        shown.contains("PhoneNumber(..80)") && !shown.contains("8040408"),
        "{shown}"
    );
    let mut user = json("integrations/get_user_response.json");
    user["Data"]["UserDetail"] = json!({"Phone": "08040408080"});
    let shown = (case("integrations", "get_user").parse)(&answer(200, user.to_string())).unwrap();
    assert!(shown.contains("Phone") && !shown.contains("8040408"), "{shown}");
}
