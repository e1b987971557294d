//! Registration and calls between phones, over real WebSockets; their media is somebody else's business.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use serde_json::json;
use sip::header::Reason;
use sip::{EndCause, Event, RegisterError};
use support::control::{call_until, get, post};
use support::{Phone, sandbox, sdp};

#[tokio::test]
async fn a_registration_is_seen_and_unregistering_too() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let state = get(&running, "/control/state").await;
    assert_eq!(
        state["agents"][0]["phones"].as_array().map(Vec::len),
        Some(1),
        "{state}"
    );
    phone.ua.unregister(phone.now());
    phone.until(|event| matches!(event, Event::Unregistered)).await;
    assert_eq!(
        get(&running, "/control/state").await["agents"][0]["registered"],
        false
    );
}

#[tokio::test]
async fn a_wrong_password_is_said_once() {
    let running = sandbox().await;
    let mut phone = Phone::with_password(&running, "asha", "01", "guess").await;
    phone.ua.register(phone.now());
    let event = phone.next().await;
    assert!(
        matches!(event, Event::RegisterFailed(RegisterError::WrongPassword)),
        "{event:?}"
    );
    assert_eq!(
        get(&running, "/control/state").await["agents"][0]["registered"],
        false
    );
}

#[tokio::test]
async fn numbers_refuse_as_they_promise() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    for (number, expected) in [("1004", 486), ("9999", 404), ("meera", 480), ("1008", 603)] {
        phone.invite(number, &sdp(1, "sendrecv"));
        match phone.ended().await.0 {
            EndCause::Rejected { status, .. } => assert_eq!(status, expected, "{number}"),
            other => panic!("{number}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_unanswered_call_can_be_given_up() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let call = phone.invite("1005", &sdp(1, "sendrecv"));
    phone
        .until(|event| matches!(event, Event::Progress { status: 180, .. }))
        .await;
    phone.ua.hang_up(phone.now(), call, None).unwrap();
    assert_eq!(phone.ended().await.0, EndCause::Cancelled);
    call_until(&running, |call| call["state"] == "ended").await;
}

#[tokio::test]
async fn two_agents_talk_hold_send_digits_and_part() {
    let running = sandbox().await;
    let mut asha = Phone::registered(&running, "asha", "01").await;
    let mut ravi = Phone::registered(&running, "ravi", "02").await;
    let out = asha.invite("ravi", &sdp(11, "sendrecv"));
    let (id, offer, sid) = asha.beside(ravi.incoming("X-Exotel-Callsid")).await;
    assert!(offer.contains("o=- 11 "), "the offer passes through whole");
    assert_eq!(sid.map(|sid| sid.len()), Some(32));
    ravi.ua.ring(ravi.now(), id).unwrap();
    ravi.flush().await;
    asha.until(|event| matches!(event, Event::Progress { status: 180, .. }))
        .await;
    ravi.ua.answer(ravi.now(), id, sdp(22, "sendrecv")).unwrap();
    let (answer, _) = tokio::join!(
        asha.answered(),
        ravi.until(|event| matches!(event, Event::Confirmed { .. }))
    );
    assert!(answer.contains("o=- 22 "));

    asha.ua.reoffer(asha.now(), out, sdp(12, "sendonly")).unwrap();
    asha.flush().await;
    match ravi.until(|event| matches!(event, Event::Reoffer { .. })).await {
        Event::Reoffer { id, sdp: Some(offer) } => {
            assert!(offer.contains("a=sendonly"));
            ravi.ua
                .accept_reoffer(ravi.now(), id, sdp(23, "recvonly"))
                .unwrap();
        }
        other => panic!("{other:?}"),
    }
    ravi.flush().await;
    asha.until(|event| matches!(event, Event::Reanswered { sdp, .. } if sdp.contains("a=recvonly")))
        .await;

    asha.ua.digit(asha.now(), out, '7', 200).unwrap();
    asha.until(|event| matches!(event, Event::InfoDone { status: 200, .. }))
        .await;
    ravi.until(|event| matches!(event, Event::Info { body, .. } if body.contains("Signal=7")))
        .await;
    call_until(&running, |call| call["digits"] == "7").await;

    ravi.ua
        .hang_up(ravi.now(), id, Some(Reason::q850(16, "Normal call clearing")))
        .unwrap();
    ravi.flush().await;
    let (cause, reason) = asha.ended().await;
    assert_eq!(cause, EndCause::Bye);
    assert_eq!(reason.first().and_then(|reason| reason.cause), Some(16));
}

#[tokio::test]
async fn both_phones_ring_and_the_first_answer_stops_the_other() {
    let running = sandbox().await;
    let mut asha = Phone::registered(&running, "asha", "01").await;
    let mut desk = Phone::registered(&running, "ravi", "02").await;
    let mut mobile = Phone::registered(&running, "ravi", "03").await;
    asha.invite("ravi", &sdp(1, "sendrecv"));
    let (at_desk, ..) = asha.beside(desk.incoming("Call-ID")).await;
    let (at_mobile, ..) = mobile.incoming("Call-ID").await;
    desk.ua.ring(desk.now(), at_desk).unwrap();
    mobile.ua.ring(mobile.now(), at_mobile).unwrap();
    desk.flush().await;
    mobile
        .ua
        .answer(mobile.now(), at_mobile, sdp(2, "sendrecv"))
        .unwrap();
    mobile.flush().await;
    let (cause, reason) = desk.ended().await;
    assert_eq!(cause, EndCause::Cancelled);
    assert_eq!(reason, [Reason::sip(200, "Call completed elsewhere")]);
    assert!(asha.answered().await.contains("o=- 2 "));
}

#[tokio::test]
async fn a_caller_who_gives_up_stops_the_ringing() {
    let running = sandbox().await;
    let mut asha = Phone::registered(&running, "asha", "01").await;
    let mut ravi = Phone::registered(&running, "ravi", "02").await;
    let call = asha.invite("ravi", &sdp(1, "sendrecv"));
    let (id, ..) = asha.beside(ravi.incoming("Call-ID")).await;
    ravi.ua.ring(ravi.now(), id).unwrap();
    ravi.flush().await;
    asha.until(|event| matches!(event, Event::Progress { status: 180, .. }))
        .await;
    asha.ua.hang_up(asha.now(), call, None).unwrap();
    assert_eq!(asha.ended().await.0, EndCause::Cancelled);
    assert_eq!(ravi.ended().await.0, EndCause::Cancelled);
}

#[tokio::test]
async fn a_machine_caller_gives_up_in_its_time() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let ring = json!({"agent": "asha", "from": "+919812345678", "behaviour": "cancels", "after_ms": 300});
    post(&running, "/control/ring", ring).await;
    let (id, ..) = phone.incoming("From").await;
    phone.ua.ring(phone.now(), id).unwrap();
    assert_eq!(phone.ended().await.0, EndCause::Cancelled);
    let over = call_until(&running, |call| call["state"] == "ended").await;
    assert_eq!(over["ended"], "The caller gave up");
}

#[tokio::test]
async fn a_decline_reaches_the_caller() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    post(
        &running,
        "/control/ring",
        json!({"agent": "asha", "from": "+919812345678"}),
    )
    .await;
    let (id, ..) = phone.incoming("From").await;
    phone.ua.reject(phone.now(), id, 486, None).unwrap();
    phone.ended().await;
    let over = call_until(&running, |call| call["state"] == "ended").await;
    assert_eq!(over["ended"], "Refused with 486");
}
