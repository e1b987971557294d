//! Each documented failure is a typed error that keeps the platform's words; the quirks of success are success.

mod support;

use exotel::error::Kind;
use exotel::integrations::OutboundCall;
use exotel::subscribers::{CreateSubscribers, CreateToken, DeleteSubscriber, GetSubscriber};
use exotel::{ApiError, Endpoint};
use serde_json::{Value, json};
use support::{answer, case, cases, json, ok, sample};

const STATUSES: [(u16, Kind); 12] = [
    (400, Kind::BadRequest),
    (401, Kind::Unauthorized),
    (403, Kind::Forbidden),
    (404, Kind::NotFound),
    (409, Kind::Conflict),
    (410, Kind::Gone),
    (413, Kind::TooLarge),
    (422, Kind::BadRequest),
    (429, Kind::RateLimited),
    (452, Kind::Other),
    (500, Kind::Server),
    (503, Kind::Server),
];

#[test]
fn every_status_of_every_operation_is_typed() {
    let body =
        json!({"RequestId": "r-1", "Status": "Failed", "Code": 0, "Error": "Check the input.", "Data": null});
    for case in cases::all() {
        for (status, kind) in STATUSES {
            for body in [
                body.to_string(),
                "<p>Check the input.</p>".to_owned(),
                String::new(),
            ] {
                let error = (case.parse)(&answer(status, body.clone())).unwrap_err();
                let refusal = error
                    .refusal()
                    .unwrap_or_else(|| panic!("{} {status}: {error}", case.name));
                assert_eq!((refusal.kind, refusal.http), (kind, status), "{}", case.name);
                assert_eq!(refusal.words.contains("Check the input."), !body.is_empty());
                assert_eq!(error.outcome_is_unknown(), status >= 500);
            }
        }
    }
}

#[test]
fn a_code_in_the_body_counts_where_the_status_says_success() {
    for case in cases::all().into_iter().filter(|case| case.api == "integrations") {
        for body in [
            json!({"RequestId": "r-1", "Status": "Success", "Code": 404, "Error": "not found", "Data": null}),
            json!({"RequestId": "r-1", "Status": "Failed", "Code": "404", "Error": "not found", "Data": {}}),
        ] {
            let error = (case.parse)(&answer(200, body.to_string())).unwrap_err();
            assert!(error.is_not_found(), "{}: {error}", case.name);
            assert_eq!(error.refusal().unwrap().request_id.as_deref(), Some("r-1"));
        }
        let failed = json!({"Status": "Failure", "Error": "no"});
        assert!(matches!(
            (case.parse)(&answer(200, failed.to_string())),
            Err(ApiError::Refused(_))
        ));
    }
}

#[test]
fn what_is_no_envelope_is_no_success() {
    for case in cases::all() {
        for body in [
            "",
            "{}",
            "null",
            "[]",
            "7",
            "<html>",
            "{\"Status\":\"Success\"",
            "\u{fffd}",
        ] {
            // Where nothing is to be read, no body is a success too; no other body is.
            let nothing_to_read = case.request.method() == "DELETE" || case.name == "notify_inbound";
            match (case.parse)(&answer(200, body)) {
                Ok(_) => assert!(nothing_to_read && body.is_empty(), "{} takes {body:?}", case.name),
                Err(error) => assert!(error.outcome_is_unknown(), "{} {body:?}: {error}", case.name),
            }
        }
    }
}

#[test]
fn a_code_in_the_envelope_counts_as_a_number_and_as_text() {
    let delete = DeleteSubscriber {
        subscriber_name: "shyam".to_owned(),
    };
    let get = GetSubscriber {
        subscriber_name: "archit".to_owned(),
    };
    let record = json("subscribers/get_response.json")["response"]["data"].clone();
    for code in [json!(404), json!("404")] {
        for body in [
            json!({"http_code": code, "response": null}),
            json!({"http_code": 200, "response": {"code": code, "data": record}}),
            json!({"http_code": code, "response": {"code": 200, "data": record}}),
        ] {
            let body = body.to_string();
            let errors = [
                delete.parse(&answer(200, body.clone())).err(),
                get.parse(&answer(200, body.clone())).err(),
                CreateToken {
                    subscriber_name: "archit".to_owned(),
                    device_id: "d".to_owned(),
                }
                .parse(&answer(200, body.clone()))
                .err(),
            ];
            for error in errors {
                assert!(error.unwrap().is_not_found(), "{body}");
            }
        }
    }
    let success = json!({"http_code": "200", "response": {"code": "200", "status": "success"}}).to_string();
    assert!(delete.parse(&answer(200, success)).is_ok());
}

#[test]
fn a_delete_needs_no_body_and_no_particular_words() {
    for case in cases::all()
        .into_iter()
        .filter(|case| case.request.method() == "DELETE")
    {
        assert!((case.parse)(&answer(204, "")).is_ok(), "{}", case.name);
        assert!((case.parse)(&answer(200, " \r\n")).is_ok(), "{}", case.name);
        if case.api == "integrations" {
            let body = json!({"Status": "Success", "Code": 200, "Data": "Gone it is"});
            assert!(
                (case.parse)(&answer(200, body.to_string())).is_ok(),
                "{}",
                case.name
            );
        }
    }
}

#[test]
fn the_seed_s_own_refusal_is_kept_word_for_word() {
    let delete = DeleteSubscriber {
        subscriber_name: "shyam".to_owned(),
    };
    let body = sample("subscribers/delete_not_found_response.json");
    for status in [404, 200] {
        let error = delete.parse(&answer(status, body.clone())).unwrap_err();
        let refusal = error.refusal().unwrap();
        assert_eq!((refusal.kind, refusal.code), (Kind::NotFound, Some(1000)));
        assert_eq!(refusal.words, "Subscriber not found");
        assert_eq!(
            refusal.request_id.as_deref(),
            Some("af0087d5331f479599d2c987efe9f664")
        );
    }
}

#[test]
fn in_bulk_each_item_speaks_for_itself() {
    let mut body = json("subscribers/create_response.json");
    body["metadata"] = json!({"failed": 1, "success": 2});
    body["response"][1] = json!({
        "code": 409,
        "error_data": {"code": 1001, "description": "Duplicate subscriber", "message": "Conflict"},
        "status": "failure",
        "data": null
    });
    let created = CreateSubscribers::default()
        .parse(&answer(207, body.to_string()))
        .unwrap();
    assert_eq!((created.failed, created.succeeded), (1, 2));
    assert_eq!(
        created.results[0]
            .as_ref()
            .unwrap()
            .custom_field
            .as_ref()
            .map(exotel::Secret::reveal),
        Some("support")
    );
    let refusal = created.results[1].as_ref().unwrap_err().refusal().unwrap();
    assert_eq!(
        (refusal.kind, refusal.words.as_str()),
        (Kind::Conflict, "Duplicate subscriber")
    );
    body["metadata"] = Value::Null;
    let created = CreateSubscribers::default()
        .parse(&answer(207, body.to_string()))
        .unwrap();
    assert_eq!(
        (created.failed, created.succeeded),
        (1, 2),
        "counted where the platform does not"
    );
}

#[test]
fn a_busy_agent_is_not_an_unknown_one() {
    let call = OutboundCall {
        customer_id: "c".to_owned(),
        app_id: "a".to_owned(),
        to: "+918040408080".into(),
        user_id: "u".to_owned(),
    };
    let busy = sample("integrations/outbound_call_busy_response.json");
    let words =
        json!({"Status": "Failed", "Code": 404, "Error": "User device is currently busy"}).to_string();
    for body in [busy, words] {
        let error = call.parse(&answer(404, body)).unwrap_err();
        assert_eq!(error.refusal().unwrap().kind, Kind::AgentBusy);
    }
    let unknown = call
        .parse(&answer(404, r#"{"Error":"no such user"}"#))
        .unwrap_err();
    assert!(unknown.is_not_found());
    let no_sid = json!({"Status": "Success", "Code": 200, "Data": {"CallSid": ""}}).to_string();
    assert!(call.parse(&answer(200, no_sid)).unwrap_err().outcome_is_unknown());
}

#[test]
fn a_subscriber_token_is_found_wherever_it_is() {
    let create = CreateToken {
        subscriber_name: "archit".to_owned(),
        device_id: "d".to_owned(),
    };
    let text = json!({"subscriber_name": "archit", "subscriber_token": "abc"});
    let item = json!({"code": 200, "error_data": null, "status": "success", "data": text});
    for response in [
        item.clone(),
        json!([item]),
        json!({"data": text}),
        json!({"x": item}),
        text,
    ] {
        let issued = create
            .parse(&answer(200, json!({"response": response}).to_string()))
            .unwrap();
        assert_eq!(
            (issued.subscriber_name.as_str(), issued.token.reveal()),
            ("archit", &json!("abc"))
        );
        assert_eq!(
            (issued.token.access_ends(1000), issued.token.refresh_ends(1000)),
            (2800, 87_400)
        );
    }
    let issued = create
        .parse(&ok("subscribers/create_token_response.json"))
        .unwrap();
    let sample = &json("subscribers/create_token_response.json")["response"]["data"]["subscriber_token"];
    assert_eq!(issued.token.reveal(), sample);
    // The sample's payloads are no JSON, so the documented lifetimes hold.
    assert_eq!(issued.token.access_ends(0), 1800);
    let failed =
        json!({"response": {"code": 400, "status": "failure", "error_data": {"message": "Bad Request"}}});
    let error = create.parse(&answer(200, failed.to_string())).unwrap_err();
    assert_eq!(error.refusal().unwrap().kind, Kind::BadRequest);
}

#[test]
fn a_record_comes_as_item_list_or_data() {
    let get = GetSubscriber {
        subscriber_name: "archit".to_owned(),
    };
    let item = json("subscribers/get_response.json")["response"].clone();
    for response in [
        item.clone(),
        json!([item]),
        json!({"data": item["data"]}),
        item["data"].clone(),
    ] {
        // The bare record's own `status` is no failure.
        let subscriber = get
            .parse(&answer(200, json!({"response": response}).to_string()))
            .unwrap();
        assert_eq!(subscriber.subscriber_name, "archit");
    }
}

#[test]
fn advice_and_words_reach_the_reader() {
    let error =
        (case("integrations", "get_app").parse)(&answer(401, r#"{"Error":"token expired","Code":401}"#));
    assert_eq!(
        error.unwrap_err().to_string(),
        "Exotel refused (HTTP 401): token expired. Check the credentials, or create a new token."
    );
}

#[test]
fn an_unreadable_answer_is_not_quoted() {
    for data in [
        json!("hunter2"),
        json!({"CustomerSecret": "hunter2", "hunter2": 1}),
    ] {
        let body = json!({"Status": "Success", "Code": 200, "Data": data}).to_string();
        let error = (case("integrations", "get_customer").parse)(&answer(200, body)).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
    let error = (case("integrations", "get_app").parse)(&answer(200, "{\"Data\": hunter2")).unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"), "{error}");
}
