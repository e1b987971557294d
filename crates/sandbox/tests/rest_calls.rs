//! Calls over REST: placed by an agent or between two numbers, announced by a flow, looked up afterwards.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::{Customer, body, request};
use exotel::call_details::{CallState, ConnectCall, GetCall, GetCallV3};
use exotel::error::Kind;
use exotel::integrations::{DeviceName, Notification, NotifyInbound, OutboundCall, SetDevice};
use exotel::{Anonymous, PhoneNumber};
use serde_json::{Value, json};

fn outbound(customer: &Customer, agent: &str) -> OutboundCall {
    OutboundCall {
        customer_id: customer.customer.0.clone(),
        app_id: customer.app.0.clone(),
        to: PhoneNumber::from("+919956555625"),
        user_id: agent.to_owned(),
    }
}

/// A call's row in the table, as the control API shows it.
async fn row(customer: &Customer, sid: &str) -> Value {
    let view = customer.view().await;
    let calls = view["calls"].as_array().unwrap();
    calls
        .iter()
        .find(|call| call["sid"] == sid)
        .cloned()
        .unwrap_or_else(|| panic!("{sid}: {calls:?}"))
}

#[tokio::test]
async fn an_agents_call_is_in_the_table_before_the_answer_is_read() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    let call = customer
        .run(&customer.integrations, &token, outbound(&customer, "asha"))
        .await
        .unwrap();
    assert_eq!(call.from_number.reveal(), "sip:asha");
    let row = row(&customer, &call.call_sid).await;
    assert_eq!(
        (&row["agent"], &row["app_user_id"], &row["direction"]),
        (&json!("asha"), &json!("asha"), &json!("outbound"))
    );
    assert_eq!(
        (&row["to"], &row["virtual_number"]),
        (&json!("+919956555625"), &json!("+918040408080"))
    );
}

#[tokio::test]
async fn the_active_device_rings() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    let phone = SetDevice {
        user_id: String::from("asha"),
        device_name: Some(DeviceName::Phone),
        device_status: Some(true),
    };
    let user = customer.run(&customer.integrations, &token, phone).await.unwrap();
    let call = customer
        .run(&customer.integrations, &token, outbound(&customer, "asha"))
        .await
        .unwrap();
    assert_eq!(call.from_number, user.agent_number);
}

#[tokio::test]
async fn the_official_sdk_leaves_customer_id_out() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    let mut sent = json!(outbound(&customer, "asha"));
    sent.as_object_mut().unwrap().remove("customer_id");
    let path = "/v2/integrations/call/outbound_call";
    let answer = customer
        .raw("POST", path, token.0.reveal(), &sent.to_string())
        .await;
    assert_eq!(answer.status(), 200, "{answer:?}");
}

#[tokio::test]
async fn calls_that_cannot_be_placed() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    let with = |field: &str, value: &str| {
        let mut sent = json!(outbound(&customer, "asha"));
        sent[field] = json!(value);
        sent.to_string()
    };
    let mute = json!([{
        "AppUserId": "mute", "AppUsername": "Mute User", "Email": "mute@customer.test",
        "ExotelAccountSid": "exoteldemo", "ExotelUserName": "Mute User", "VirtualNumber": "",
    }]);
    let path = "/v2/integrations/usermapping";
    let answer = customer
        .raw("POST", path, token.0.reveal(), &mute.to_string())
        .await;
    assert_eq!(answer.status(), 200, "{answer:?}");
    for (sent, status, words) in [
        (String::new(), 400, "Invalid request body"),
        (with("app_id", ""), 400, "mandatory"),
        (with("to", ""), 400, "mandatory"),
        (with("user_id", ""), 400, "mandatory"),
        (with("app_id", "other"), 400, "not the token's"),
        (with("customer_id", "other"), 400, "not the token's"),
        (with("to", "sip:x"), 400, "not a phone number"),
        (with("user_id", "zoe"), 404, "User not found"),
        (with("user_id", "mute"), 400, "no VirtualNumber"),
    ] {
        let path = "/v2/integrations/call/outbound_call";
        let answer = customer.raw("POST", path, token.0.reveal(), &sent).await;
        let said = body(&answer);
        assert_eq!(answer.status(), status, "{sent}: {said}");
        assert!(said["Error"].as_str().unwrap().contains(words), "{said}");
    }
    assert_eq!(customer.view().await["calls"], json!([]));
}

#[tokio::test]
async fn an_answer_that_got_lost_leaves_a_call() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    let fault =
        json!({ "api": "integrations", "operation": "outbound_call", "status": 502, "when": "after" });
    customer.control("faults", fault).await;
    let lost = customer
        .run(&customer.integrations, &token, outbound(&customer, "asha"))
        .await
        .unwrap_err();
    assert!(lost.outcome_is_unknown());
    assert_eq!(customer.view().await["calls"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_busy_agent_is_refused_with_their_code() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    // The telephone rings: it does not depend on a browser.
    let phone = SetDevice {
        user_id: String::from("asha"),
        device_name: Some(DeviceName::Phone),
        device_status: Some(true),
    };
    customer.run(&customer.integrations, &token, phone).await.unwrap();
    customer
        .run(&customer.integrations, &token, outbound(&customer, "asha"))
        .await
        .unwrap();
    let no = customer
        .run(&customer.integrations, &token, outbound(&customer, "asha"))
        .await
        .unwrap_err();
    let refusal = no.refusal().unwrap();
    assert_eq!(
        (refusal.kind, refusal.code, refusal.http),
        (Kind::AgentBusy, Some(10706), 404)
    );
    assert_eq!(refusal.words, "User device is currently busy");
    customer
        .run(&customer.integrations, &token, outbound(&customer, "ravi"))
        .await
        .unwrap();
}

/// All webhooks so far.
async fn posted(customer: &Customer) -> Vec<Value> {
    let log = body(
        &customer
            .answer(request("GET", "/control/webhooks", &[], ""))
            .await,
    );
    log["webhooks"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_flow_announces_no_call_of_anothers_and_none_that_went_out() {
    let mut customer = Customer::new().await;
    let token = customer.app_token().await;
    let went_out = customer
        .run(&customer.integrations, &token, outbound(&customer, "asha"))
        .await
        .unwrap();
    let own = customer.app.0.clone();
    let call = json!({ "user_id": "ravi", "from": "+919811111111" }).to_string();
    let came_in = body(
        &customer
            .answer(request("POST", "/control/customer_call", &[], &call))
            .await,
    );
    let created = json!({
        "AppName": "b", "ExotelAccountSid": "exoteldemo", "ExotelApiKey": customer.key.key.reveal(),
        "ExotelApiToken": customer.key.token.reveal(), "ExotelDomain": "mumbai", "IsActive": true,
    });
    let owner = customer.customer_token().await;
    let created = customer
        .raw(
            "POST",
            "/v2/integrations/app",
            owner.0.reveal(),
            &created.to_string(),
        )
        .await;
    customer.app.0 = body(&created)["Data"]["AppID"].as_str().unwrap().to_owned();
    let came_in = came_in["sid"].as_str().unwrap();
    for (app, sid, status) in [
        (&own, went_out.call_sid.as_str(), 400),
        (&customer.app.0, came_in, 400),
        (&own, came_in, 200),
    ] {
        let path = format!("/v2/integrations/call/inbound_call/{app}?type=popup&CallSid={sid}");
        let answer = customer.raw("GET", &path, "", "").await;
        assert_eq!(answer.status(), status, "{answer:?}");
    }
}

#[tokio::test]
async fn a_flow_announces_a_call() {
    let customer = Customer::new().await;
    let token = customer.app_token().await;
    for key in ["popup", "incomingCallHangup", "missedCall"] {
        let setting = json!({ "Key": key, "Value": format!("http://127.0.0.1:9/{key}") });
        let path = "/v2/integrations/app_setting";
        let answer = customer
            .raw("POST", path, token.0.reveal(), &setting.to_string())
            .await;
        assert_eq!(answer.status(), 200, "{answer:?}");
    }
    // The platform has no such call yet: the flow's own words are all there is.
    for (kind, key) in [
        ("popup", "popup"),
        ("incomingcallhungup", "incomingCallHangup"),
        ("missedcall", "missedCall"),
    ] {
        let path = format!(
            "/v2/integrations/call/inbound_call/{}?type={kind}&CallSid=flow-{kind}\
             &CallFrom=09811111111&CallTo=08040408080",
            customer.app.0
        );
        let answer = customer.raw("GET", &path, "", "").await;
        assert_eq!(
            (answer.status().as_u16(), &body(&answer)["Data"]),
            (200, &json!("Success"))
        );
        let hook = posted(&customer).await.pop().unwrap();
        assert_eq!(hook["url"], format!("http://127.0.0.1:9/{key}"));
        let told = hook["fields"].to_string();
        for word in [
            &format!("flow-{kind}"),
            "09811111111",
            "08040408080",
            &customer.app.0,
        ] {
            assert!(told.contains(word), "{word}: {told}");
        }
    }
    for (so_far, notification) in (3..).zip([Notification::Popup, Notification::Ended, Notification::Missed])
    {
        let app_id = customer.app.0.clone();
        let notify = NotifyInbound { app_id, notification };
        customer
            .run(&customer.integrations, &Anonymous, notify)
            .await
            .unwrap();
        assert_eq!(posted(&customer).await.len(), so_far + 1);
    }
    for path in [
        "x?type=popup",
        &format!("{}?type={{popup}}", customer.app.0),
        &customer.app.0,
    ] {
        let path = format!(
            "/v2/integrations/call/inbound_call/{}",
            path.replace(['{', '}'], "%7B")
        );
        let answer = customer.raw("GET", &path, "", "").await;
        assert_eq!(answer.status(), 400, "{path}");
    }
}

fn connect(from: &str) -> ConnectCall {
    ConnectCall {
        from: PhoneNumber::from(from),
        to: PhoneNumber::from("08789489697"),
        caller_id: PhoneNumber::from("08040408080"),
        custom_field: Some("order 7".into()),
        ..ConnectCall::default()
    }
}

#[tokio::test]
async fn a_call_between_two_is_found_in_both_versions() {
    let customer = Customer::new().await;
    let (api, key) = (&customer.voice, &customer.key);
    for from in ["sip:ravi", "09876543210"] {
        let call = customer.run(api, key, connect(from)).await.unwrap();
        assert_eq!(
            (call.from.reveal(), call.direction.as_str()),
            (from, "outbound-api")
        );
        let get = GetCall {
            call_sid: call.sid.clone(),
        };
        let v1 = customer.run(api, key, get).await.unwrap();
        assert_eq!((&v1.sid, v1.to.reveal()), (&call.sid, "08789489697"));
        assert!(v1.details.is_some() && v1.start_time.unix_ms_in(exotel::IST).is_some());
        let get = GetCallV3 {
            call_sid: call.sid.clone(),
        };
        let v3 = customer.run(api, key, get).await.unwrap();
        assert_eq!(v3.sid, call.sid);
        assert!(matches!(v3.state, CallState::Active | CallState::Terminal));
    }
}

#[tokio::test]
async fn calls_between_two_have_rules() {
    let customer = Customer::new().await;
    let basic = customer.basic();
    let form = |fields: &str| {
        let headers = [
            ("authorization", basic.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        request(
            "POST",
            "/v1/Accounts/exoteldemo/Calls/connect.json",
            &headers,
            fields,
        )
    };
    for (fields, words) in [
        ("", "Mandatory Parameter missing: From"),
        ("From=1001", "Mandatory Parameter missing: To"),
        ("From=1001&To=1002", "Mandatory Parameter missing: CallerId"),
        ("From=1001&To=x&CallerId=1", "To is not"),
        ("From=nobody&To=1002&CallerId=1", "From is neither"),
        ("From=1001&To=1002&CallerId=1&TimeLimit=14401", "TimeLimit"),
        ("From=1001&To=1002&CallerId=1&TimeOut=x", "TimeOut"),
    ] {
        let answer = customer.answer(form(fields)).await;
        assert_eq!(answer.status(), 400, "{fields}");
        let said = body(&answer);
        assert!(
            said["RestException"]["Message"].as_str().unwrap().contains(words),
            "{said}"
        );
    }
    for (path, authorization, status) in [
        ("/v1/Accounts/exoteldemo/Calls/nothing.json", basic.as_str(), 404),
        ("/v1/Accounts/other/Calls/nothing.json", &basic, 403),
        ("/v1/Accounts/exoteldemo/Calls/nothing.json", "", 401),
        ("/v3/accounts/exoteldemo/calls/nothing", &basic, 404),
        ("/v3/accounts/exoteldemo/calls/nothing", "Basic x", 401),
        ("/v3/accounts/other/calls/nothing", &basic, 403),
    ] {
        let answer = customer.raw("GET", path, authorization, "").await;
        assert_eq!(answer.status(), status, "{path}");
    }
}
