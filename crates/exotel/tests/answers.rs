//! Every sample of the seeds is read, and written again as it was.

mod support;

use exotel::call_details::{Call, CallStatus, CallV3, ListCalls};
use exotel::integrations::{App, Customer, PlacedCall, Setting, User, UserPage};
use exotel::operations::{self, Api};
use exotel::subscribers::{ListSubscribers, PageUri, Subscriber};
use exotel::{ApiError, Endpoint};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use support::{case, cases, json, ok, path, sample};

/// Every sample of an answer belongs to an operation, which reads it as a success or, by its name, as a refusal.
#[test]
fn every_sample_is_read() {
    let refusals = [
        "subscribers/delete_not_found",
        "call_details/v1_not_found",
        "integrations/outbound_call_busy",
    ];
    for operation in operations::all() {
        let api = match operation.api {
            Api::Subscribers => "subscribers",
            Api::Integrations => "integrations",
            Api::Voice => "call_details",
            Api::GreenPin => "greenpin",
            Api::Hooks => continue,
        };
        let case = case(api, operation.name);
        for file in operation
            .fixtures
            .iter()
            .filter(|file| file.ends_with("_response.json"))
        {
            let result = (case.parse)(&ok(file));
            let refused = refusals.iter().any(|refusal| file.starts_with(refusal));
            assert_eq!(
                matches!(result, Err(ApiError::Refused(_))),
                refused,
                "{file}: {result:?}"
            );
            assert_eq!(result.is_ok(), !refused, "{file}");
        }
    }
}

#[test]
fn no_sample_is_forgotten() {
    let known: Vec<_> = operations::all()
        .flat_map(|operation| operation.fixtures)
        .copied()
        .collect();
    for api in ["subscribers", "integrations", "greenpin", "call_details"] {
        for file in std::fs::read_dir(path(api)).unwrap() {
            let file = format!("{api}/{}", file.unwrap().file_name().to_string_lossy());
            assert!(
                !file.ends_with(".json") || known.contains(&file.as_str()),
                "{file}"
            );
        }
    }
}

/// `value` is a `T`, and a `T` is written as `value` was.
#[track_caller]
fn round_trip<T: DeserializeOwned + Serialize>(value: &Value) {
    let record: T = serde_json::from_value(value.clone()).expect("the sample is readable");
    assert_eq!(serde_json::to_value(&record).ok().as_ref(), Some(value));
}

#[test]
fn records_are_written_as_they_came() {
    let data = |name: &str| json(&format!("integrations/{name}_response.json"))["Data"].clone();
    round_trip::<Customer>(&data("get_customer"));
    round_trip::<App>(&data("create_app"));
    round_trip::<App>(&data("get_app"));
    round_trip::<Vec<App>>(&data("list_apps"));
    round_trip::<Setting>(&data("add_setting"));
    round_trip::<Vec<Setting>>(&data("list_settings"));
    round_trip::<Vec<User>>(&data("add_users"));
    round_trip::<User>(&data("get_user"));
    round_trip::<User>(&data("set_device"));
    round_trip::<UserPage>(&data("list_users"));
    round_trip::<PlacedCall>(&data("outbound_call"));
    for name in ["update", "get"] {
        round_trip::<Subscriber>(&json(&format!("subscribers/{name}_response.json"))["response"]["data"]);
    }
    for name in ["create", "list"] {
        for item in json(&format!("subscribers/{name}_response.json"))["response"]
            .as_array()
            .unwrap()
        {
            round_trip::<Subscriber>(&item["data"]);
        }
    }
}

#[test]
fn unknown_fields_stay() {
    let mut value = json("integrations/get_user_response.json")["Data"].clone();
    value["Shift"] = "night".into();
    round_trip::<User>(&value);
    let mut value = json("subscribers/get_response.json")["response"]["data"].clone();
    value["team"] = serde_json::json!({"id": 7});
    round_trip::<Subscriber>(&value);
}

#[test]
fn calls_tell_how_they_went() {
    let call: Call =
        serde_json::from_value(json("call_details/v1_missed_response.json")["Call"].clone()).unwrap();
    assert_eq!(call.status, CallStatus::Completed);
    assert_eq!(call.details.unwrap().leg2_status, CallStatus::NoAnswer);
    assert!(call.end_time.is_unset());
    assert_eq!(call.start_time.unix_ms_in(exotel::IST), Some(1_790_586_068_000));
    let data = json("call_details/v3_response.json")["response"]["data"].clone();
    let call: CallV3 = serde_json::from_value(data).unwrap();
    assert_eq!((call.total_duration, call.total_talk_time), (Some(22), Some(0)));
}

#[test]
fn a_list_of_calls_names_its_next_page() {
    let mut list = ListCalls {
        call_sids: vec!["7bea36f8c95f0fb10027daa6acee17c1".to_owned()],
        ..ListCalls::default()
    };
    let page = list.parse(&ok("call_details/v1_list_response.json")).unwrap();
    assert_eq!((page.calls.len(), page.total), (2, Some(3)));
    let second = page.calls[1].as_ref().unwrap();
    assert!(second.end_time.is_unset());
    assert_eq!(second.details.as_ref().unwrap().leg2_status, CallStatus::NoAnswer);
    assert_eq!(page.next.as_deref(), Some("MjAyNi0wOS0yOA=="));
    list.after = page.next;
    assert_eq!(
        list.parse(&ok("call_details/v1_list_response.json"))
            .unwrap()
            .next,
        None
    );
    let mut value = json("call_details/v1_list_response.json");
    value["Calls"][0] = Value::Null;
    value["Metadata"] = Value::Null;
    let page = list.parse(&support::answer(200, value.to_string())).unwrap();
    assert!(page.calls[0].is_err() && page.calls[1].is_ok() && page.next.is_none());
}

#[test]
fn a_list_of_subscribers_names_its_next_page() {
    let list = ListSubscribers {
        page_size: Some(3),
        ..ListSubscribers::default()
    };
    let page = list.parse(&ok("subscribers/list_response.json")).unwrap();
    assert_eq!(page.subscribers.len(), 3);
    let next = page.next.unwrap();
    assert_eq!(
        next.as_str(),
        "/v2/accounts/exotelip2ipcalling1/subscribers?offset=12&page_size=3"
    );
    let request = ListSubscribers::page(next)
        .request(&cases::subscribers_api(), &cases::api_key())
        .unwrap();
    assert_eq!(
        request.uri(),
        "https://chaotix.apac-sg.exotel.com/v2/accounts/exotelip2ipcalling1/subscribers?offset=12&page_size=3"
    );
}

#[test]
fn a_list_of_subscribers_ends() {
    let mut value = json("subscribers/list_response.json");
    let next = |value: &Value, list: &ListSubscribers| {
        list.parse(&support::answer(200, value.to_string())).unwrap().next
    };
    let list = ListSubscribers::default();
    let same = PageUri::read(value["metadata"]["next_page_uri"].as_str().unwrap()).unwrap();
    assert_eq!(
        next(&value, &ListSubscribers::page(same)),
        None,
        "the same page again"
    );
    value["response"].as_array_mut().unwrap().pop();
    assert_eq!(next(&value, &list), None, "a page that is not full");
    for metadata in [
        serde_json::json!({"next_page_uri": ""}),
        serde_json::json!({}),
        Value::Null,
    ] {
        value["metadata"] = metadata;
        assert_eq!(next(&value, &list), None);
    }
}

#[test]
fn no_answer_shows_a_secret() {
    for (name, secrets) in [
        ("get_customer", &["5b8215f7"][..]),
        ("create_app", &["61b1f4c2", "wefwejfoiweuiof"]),
        ("create_token", &["OTlmYTk4"]),
        ("add_users", &["werewrweff", "9234567890"]),
        ("get_setting", &["a4089342"]),
    ] {
        let shown =
            (case("integrations", name).parse)(&ok(&format!("integrations/{name}_response.json"))).unwrap();
        assert!(sample(&format!("integrations/{name}_response.json")).contains(secrets[0]));
        for secret in secrets {
            assert!(!shown.contains(secret), "{name} shows {secret}");
        }
    }
    let shown =
        (case("subscribers", "create_token").parse)(&ok("subscribers/create_token_response.json")).unwrap();
    assert!(!shown.contains("eyJ"));
}
