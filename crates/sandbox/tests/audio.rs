//! Calls with real audio: DTLS-SRTP over loopback between the sandbox's media peer and a second one.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::time::Duration;

use serde_json::json;
use sip::Event;
use str0m::media::Direction;
use support::browser::{Browser, share};
use support::control::{call_until, get, post};
use support::{PATIENCE, Phone, sandbox};

const SECOND: Duration = Duration::from_secs(1);

fn tone_at(samples: &[f32], hertz: f32) -> bool {
    share(samples, hertz) > 0.5 && share(samples, hertz * 1.3) < 0.05
}

#[tokio::test]
async fn echo_sends_the_tone_back_and_counts_packets() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let browser = Browser::new(440.0).await;
    let call = phone.invite("1001", &browser.offer());
    phone
        .until(|event| matches!(event, Event::Progress { status: 180, .. }))
        .await;
    browser.answered(&phone.answered().await);
    let heard = browser.hear(SECOND).await;
    assert!(
        tone_at(&heard, 440.0),
        "440 Hz has a share of {}",
        share(&heard, 440.0)
    );
    let line = call_until(&running, |call| call["rtp_in"].as_u64() > Some(40)).await;
    assert!(line["rtp_out"].as_u64() > Some(40), "{line}");
    phone.ua.hang_up(phone.now(), call, None).unwrap();
    phone.ended().await;
    call_until(&running, |call| call["state"] == "ended").await;
}

#[tokio::test]
async fn a_rung_agent_hears_the_caller_who_holds_and_resumes() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let browser = Browser::new(300.0).await;
    let ring =
        json!({"agent": "asha", "from": "+919812345678", "name": "Ravi Kumar", "behaviour": "tone440"});
    let placed = post(&running, "/control/ring", ring).await;
    let (id, offer, sid) = phone.incoming("X-Exotel-Callsid").await;
    assert_eq!(sid.as_deref(), placed["sid"].as_str());
    assert_eq!(sid.map(|sid| sid.len()), Some(32));
    phone.ua.answer(phone.now(), id, browser.answer(&offer)).unwrap();
    phone
        .until(|event| matches!(event, Event::Confirmed { .. }))
        .await;
    assert!(tone_at(&browser.hear(SECOND).await, 440.0));

    let call = placed["call"].clone();
    post(&running, "/control/hold", json!({"call": call, "hold": true})).await;
    hold_offer(&mut phone, &browser, "sendonly").await;
    call_until(&running, |call| call["held"] == true).await;
    post(&running, "/control/hold", json!({"call": call, "hold": false})).await;
    hold_offer(&mut phone, &browser, "sendrecv").await;
    assert!(tone_at(&browser.hear(SECOND).await, 440.0));

    post(&running, "/control/hangup", json!({"call": call})).await;
    let (cause, _) = phone.ended().await;
    assert_eq!(cause, sip::EndCause::Bye);
}

async fn hold_offer(phone: &mut Phone, browser: &Browser, direction: &str) {
    match phone.until(|event| matches!(event, Event::Reoffer { .. })).await {
        Event::Reoffer { id, sdp: Some(sdp) } => {
            assert!(sdp.contains(&format!("a={direction}\r\n")), "{sdp}");
            phone
                .ua
                .accept_reoffer(phone.now(), id, browser.answer(&sdp))
                .unwrap();
            phone.flush().await;
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_held_far_end_falls_silent_and_comes_back_even_with_new_ice_credentials() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let browser = Browser::new(300.0).await;
    let call = phone.invite("1003", &browser.offer());
    browser.answered(&phone.answered().await);
    assert!(tone_at(&browser.hear(SECOND).await, 440.0));

    phone
        .ua
        .reoffer(phone.now(), call, browser.reoffer(Direction::Inactive, false))
        .unwrap();
    let answer = reanswered(&mut phone).await;
    assert!(answer.contains("a=inactive\r\n"), "{answer}");
    browser.answered(&answer);
    falls_silent(&browser).await;

    phone
        .ua
        .reoffer(phone.now(), call, browser.reoffer(Direction::SendRecv, true))
        .unwrap();
    let answer = reanswered(&mut phone).await;
    assert!(answer.contains("a=sendrecv\r\n"), "{answer}");
    browser.answered(&answer);
    assert!(tone_at(&browser.hear(SECOND).await, 440.0));
}

async fn reanswered(phone: &mut Phone) -> String {
    match phone
        .until(|event| matches!(event, Event::Reanswered { .. } | Event::ReofferFailed { .. }))
        .await
    {
        Event::Reanswered { sdp, .. } => sdp,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_announcement_is_heard_before_the_refusal() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let browser = Browser::new(300.0).await;
    phone.invite("1007", &browser.offer());
    match phone
        .until(|event| matches!(event, Event::Progress { status: 183, .. }))
        .await
    {
        Event::Progress { sdp: Some(sdp), .. } => browser.answered(&sdp),
        other => panic!("{other:?}"),
    }
    let heard = browser.hear(SECOND).await;
    assert!(heard.iter().any(|sample| sample.abs() > 0.1), "silence");
    assert!(matches!(
        phone.ended().await.0,
        sip::EndCause::Rejected { status: 486, .. }
    ));
}

#[tokio::test]
async fn a_digit_is_recorded_and_its_tone_played_back() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let browser = Browser::new(300.0).await;
    let call = phone.invite("1012", &browser.offer());
    browser.answered(&phone.answered().await);
    browser.hear(Duration::from_millis(200)).await;
    phone.ua.digit(phone.now(), call, '5', 240).unwrap();
    let (heard, _) = tokio::join!(
        browser.hear(SECOND),
        phone.until(|event| matches!(event, Event::InfoDone { status: 200, .. }))
    );
    let loud: Vec<f32> = heard.into_iter().filter(|sample| sample.abs() > 0.0).collect();
    assert!(loud.len() > 1000, "only {} samples of tone", loud.len());
    call_until(&running, |call| call["digits"] == "5").await;
}

#[tokio::test]
async fn lost_audio_comes_back_by_itself() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let browser = Browser::new(300.0).await;
    phone.invite("1009", &browser.offer());
    browser.answered(&phone.answered().await);
    browser.hear(SECOND).await;
    // Lost 3 s after the answer, for 10 s.
    falls_silent(&browser).await;
    let heard = async { while !browser.hear(SECOND).await.iter().any(|sample| sample.abs() > 0.1) {} };
    tokio::time::timeout(PATIENCE, heard).await.expect("silence");
}

/// Waits for a second in which nothing arrives.
async fn falls_silent(browser: &Browser) {
    let silent = async { while browser.arrivals(SECOND).await > 0 {} };
    tokio::time::timeout(PATIENCE, silent)
        .await
        .expect("never silent");
}

#[tokio::test]
async fn a_call_survives_its_socket() {
    let running = sandbox().await;
    let mut phone = Phone::registered(&running, "asha", "01").await;
    let browser = Browser::new(440.0).await;
    phone.invite("1001", &browser.offer());
    browser.answered(&phone.answered().await);
    browser.hear(SECOND).await;
    let dropped = post(&running, "/control/drop_sockets", json!({})).await;
    assert_eq!(dropped["dropped"], 1);
    phone.cut().await;
    assert!(
        tone_at(&browser.hear(SECOND).await, 440.0),
        "audio stopped with the socket"
    );
    assert_eq!(
        get(&running, "/control/state").await["agents"][0]["registered"],
        false
    );

    phone.reconnect(&running).await;
    phone.register().await;
    // The platform's BYE finds the phone on its new socket.
    let call = call_until(&running, |call| call["state"] == "up").await;
    post(&running, "/control/hangup", json!({"call": call["call"]})).await;
    assert_eq!(phone.ended().await.0, sip::EndCause::Bye);
}
