//! The platform's own calls, all through: REST on one side, a browser's SIP and audio on the other, webhooks at the end.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::time::Duration;

use exotel::hooks::Hook;
use serde_json::json;
use sip::{EndCause, Event};
use support::browser::{Browser, share};
use support::control::{get, http, post};
use support::receiver::{App, Receiver};
use support::{Phone, sandbox, sdp};

const CALLSID: &str = "X-Exotel-Callsid";

#[tokio::test]
async fn an_outbound_call_rings_the_browser_then_the_customer_and_both_hear_each_other() {
    let running = sandbox().await;
    let receiver = Receiver::new().await;
    let app = App::new(&running, &receiver).await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let browser = Browser::new(700.0).await;
    // The customer plays a tone of 440 Hz.
    let sid = app.dial(&running, "asha", "+919812341003").await;
    let (id, offer, callsid) = phone.incoming(CALLSID).await;
    assert_eq!(callsid.as_deref(), Some(sid.as_str()));
    let answer = browser.answer(&offer);
    phone.ua.answer(phone.now(), id, answer).unwrap();
    let came = phone.beside(receiver.wait(1)).await;
    let Hook::Callback(answered) = came[0].hook() else {
        panic!("{came:?}")
    };
    assert_eq!(answered.call_detail.as_str(), "answered");
    assert_eq!(answered.from_number.reveal(), "sip:asha");
    let heard = phone.beside(browser.hear(Duration::from_millis(400))).await;
    let tone = phone.beside(browser.hear(Duration::from_millis(400))).await;
    assert!(
        share(&tone, 440.0) > 0.5 || share(&heard, 440.0) > 0.5,
        "the customer is not heard"
    );
    phone.ua.hang_up(phone.now(), id, None).unwrap();
    let came = phone.beside(receiver.wait(2)).await;
    let Hook::Callback(over) = came[1].hook() else {
        panic!("{came:?}")
    };
    assert!(over.is_over());
    assert_eq!(over.call_status.as_str(), "completed");
    assert_eq!(over.call_sid, sid);
    let calls = get(&running, "/control/calls").await;
    assert_eq!(calls[0]["sid"], sid.as_str());
    assert_eq!(calls[0]["outcome"], "completed");
}

#[tokio::test]
async fn the_invite_can_arrive_before_the_answer() {
    let running = sandbox().await;
    let receiver = Receiver::new().await;
    let app = App::new(&running, &receiver).await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    assert_eq!(
        post(&running, "/control/habits", json!({"invite": "before_reply"})).await,
        json!({})
    );
    let dial = app.dial(&running, "asha", "1001");
    tokio::pin!(dial);
    let rang = tokio::select! {
        sid = &mut dial => panic!("answered with {sid} before the INVITE"),
        (id, _, callsid) = phone.incoming(CALLSID) => (id, callsid.unwrap()),
    };
    let sid = phone.beside(dial).await;
    assert_eq!(rang.1, sid);
    phone.ua.reject(phone.now(), rang.0, 603, None).unwrap();
    let came = phone.beside(receiver.wait(1)).await;
    let Hook::Callback(over) = came[0].hook() else {
        panic!("{came:?}")
    };
    assert_eq!(over.call_status.as_str(), "from_leg_unanswered");
}

#[tokio::test]
async fn the_device_switch_decides_what_rings() {
    let running = sandbox().await;
    let receiver = Receiver::new().await;
    let app = App::new(&running, &receiver).await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let body = json!({"UserId": "asha", "DeviceName": "phone", "DeviceStatus": true});
    app.rest(&running, "PUT", "/device", &body).await;
    app.dial(&running, "asha", "+919812341010").await;
    let came = phone.beside(receiver.wait(1)).await;
    let Hook::Callback(answered) = came[0].hook() else {
        panic!("{came:?}")
    };
    assert!(answered.from_number.reveal().starts_with('0'), "a telephone");
    let body = json!({"UserId": "asha", "DeviceName": "sip", "DeviceStatus": true});
    app.rest(&running, "PUT", "/device", &body).await;
    let calls = get(&running, "/control/calls").await;
    post(&running, "/control/calls/hangup", json!({"sid": calls[0]["sid"]})).await;
    let sid = app.dial(&running, "asha", "+919812341010").await;
    assert_eq!(phone.incoming(CALLSID).await.2, Some(sid));
}

#[tokio::test]
async fn a_customer_rings_the_browser_with_the_webhooks_sid() {
    let running = sandbox().await;
    let receiver = Receiver::new().await;
    let _app = App::new(&running, &receiver).await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let body = json!({"user_id": "asha", "from": "+919811111111", "behaviour": "cancels", "after_ms": 400});
    let answer = post(&running, "/control/customer_call", body).await;
    let (_, _, callsid) = phone.incoming(CALLSID).await;
    assert_eq!(answer["sid"], callsid.unwrap());
    assert_eq!(phone.ended().await.0, EndCause::Cancelled);
    let came = phone.beside(receiver.wait(2)).await;
    assert!(matches!(came[0].hook(), Hook::Popup(_)));
    assert!(matches!(came[1].hook(), Hook::MissedCall(_)));
}

#[tokio::test]
async fn dial_whom_connects_a_direct_call() {
    let running = sandbox().await;
    let receiver = Receiver::new().await;
    let url = format!("{}/hooks/dial-whom", receiver.origin);
    post(&running, "/control/endpoints", json!({ "dial-whom": url })).await;
    receiver.will_answer(&[(200, "sip:ravi"), (404, "")]);
    let mut asha = Phone::registered(&running, "asha", "01").await;
    let mut ravi = Phone::registered(&running, "ravi", "02").await;
    asha.invite("08040408080", &sdp(1, "sendrecv"));
    let (id, offer, _) = asha.beside(ravi.incoming(CALLSID)).await;
    assert!(offer.contains("o=- 1 "), "the offer passes through whole");
    ravi.ua.answer(ravi.now(), id, sdp(2, "sendrecv")).unwrap();
    let answer = ravi.beside(asha.answered()).await;
    assert!(answer.contains("o=- 2 "));
    let Hook::DialWhom(asked) = receiver.came()[0].hook() else {
        panic!("{:?}", receiver.came())
    };
    assert_eq!(asked.call_from.reveal(), "sip:asha");
    asha.invite("08040408080", &sdp(3, "sendrecv"));
    let event = asha.until(|event| matches!(event, Event::Ended { .. })).await;
    assert!(matches!(
        event,
        Event::Ended {
            cause: EndCause::Rejected { status: 480, .. },
            ..
        }
    ));
}

#[tokio::test]
async fn a_click_to_call_tells_its_status_callback() {
    use base64::Engine;
    let running = sandbox().await;
    let receiver = Receiver::new().await;
    let view = get(&running, "/control/platform").await;
    let text = |name: &str| view["accounts"][0][name].as_str().unwrap().to_owned();
    let pair = format!("{}:{}", text("api_key"), text("api_token"));
    let basic = base64::engine::general_purpose::STANDARD.encode(pair);
    let extra =
        format!("Authorization: Basic {basic}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("From", "+919876543210")
        .append_pair("To", "+919812341010")
        .append_pair("CallerId", "+918040408080")
        .append_pair(
            "StatusCallback",
            &format!("{}/hooks/status-callback", receiver.origin),
        )
        .append_pair("StatusCallbackEvents[0]", "terminal")
        .append_pair("StatusCallbackEvents[1]", "answered")
        .append_pair("CustomField", "order:42")
        .finish();
    let path = format!("/v1/Accounts/{}/Calls/connect.json", text("sid"));
    let (head, body) = http(&running, "POST", &path, &extra, &form).await;
    assert!(
        head.starts_with("http/1.1 200"),
        "{head} {:?}",
        String::from_utf8(body)
    );
    let came = receiver.wait(2).await;
    assert_eq!(
        came[0].content_type.as_deref(),
        Some("application/x-www-form-urlencoded")
    );
    let events: Vec<_> = came
        .iter()
        .map(|came| match came.hook() {
            Hook::StatusCallback(event) => event,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(events[0].event_type.as_str(), "answered");
    assert_eq!(events[1].event_type.as_str(), "terminal");
    assert_eq!(events[1].status.as_str(), "completed");
    // The customer hangs up after 5 s, by a clock that may be late.
    let talked = events[1].conversation_duration;
    assert!(
        talked.is_some_and(|seconds| (4..=9).contains(&seconds)),
        "{talked:?}"
    );
    assert_eq!(events[1].custom_field.reveal(), "order:42");
}
