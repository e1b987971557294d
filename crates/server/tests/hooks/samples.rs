//! Every sample of the vendor's wire, in every encoding: taken in once.

use exotel::hooks::{self, Hook, HookKind};
use protocol::call::{CallState, Outcome};

use super::support::server::TestServer;

/// A sample and how it is labelled.
struct Sample {
    file: &'static str,
    kind: HookKind,
    bytes: &'static [u8],
}

macro_rules! samples {
    ($($file:literal: $kind:ident,)+) => {
        &[$(Sample {
            file: $file,
            kind: HookKind::$kind,
            bytes: include_bytes!(concat!("../../../exotel/tests/data/hooks/", $file)),
        }),+]
    };
}

const SAMPLES: &[Sample] = samples! {
    "popup.json": Popup,
    "incomingcallhungup.json": IncomingCallHungUp,
    "missedcall.json": MissedCall,
    "callback.json": Callback,
    "callback_answered.json": Callback,
    "callback_terminal.json": Callback,
    "greenpin_call_completed.json": GreenPinCallCompleted,
    "greenpin_deallocated.json": GreenPinDeallocated,
    "greenpin_verified.json": GreenPinVerified,
    "greenpin_verification_failed.json": GreenPinVerificationFailed,
    "passthru_answered.query": Passthru,
    "passthru_rejected.query": Passthru,
    "status_callback.form": StatusCallback,
    "status_callback.multipart": StatusCallback,
    "status_callback_terminal.form": StatusCallback,
};

/// As the vendor's documents send it.
fn read(sample: &Sample) -> Hook {
    let text = sample.bytes.trim_ascii_end();
    let (query, body) = match sample.file.ends_with(".query") {
        true => (std::str::from_utf8(text).unwrap(), &[][..]),
        false => ("", text),
    };
    let content_type = match sample.file.ends_with(".multipart") {
        true => Some("multipart/form-data; boundary=----exotel1"),
        false => None,
    };
    hooks::parse(sample.kind, content_type, query, body).unwrap()
}

#[tokio::test]
async fn each_sample_is_taken_in_once_however_it_travels() {
    let server = TestServer::start(|_| ()).await;
    let mut keys = Vec::new();
    for sample in SAMPLES {
        let hook = read(sample);
        let (json, form) = (hook.to_json().to_string(), hook.to_form());
        let url = server.hook(sample.kind.as_str());
        let requests = [
            server
                .http
                .post(&url)
                .header("content-type", "application/json")
                .body(json.clone()),
            server
                .http
                .post(&url)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form.clone()),
            server.http.get(format!("{url}?{form}")),
            // Mislabelled, and by another method.
            server
                .http
                .put(&url)
                .header("content-type", "text/plain")
                .body(json),
        ];
        for request in requests {
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 200, "{}", sample.file);
            assert_eq!(answer.text().await.unwrap(), "", "{}", sample.file);
        }
        let key = hook.dedup_key().as_str().to_owned();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let kept = server.kept().await;
    let kept: Vec<&str> = kept.iter().map(|it| it.delivery.key.as_str()).collect();
    assert_eq!(kept, keys);
    // An inbound call that was refused, taken by a second attempt, and of which all notices came.
    let inbound = server.app.store.call("e282636aa9c373307bbd223f6eb417c4").await;
    let inbound = inbound.unwrap().unwrap();
    let view = &inbound.facts.views(&inbound.sid, inbound.rev)[0];
    assert_eq!((view.state, view.agent.as_str()), (CallState::Ended, "92099XXXX"));
    assert_eq!(view.outcome, Some(Outcome::AnsweredElsewhere));
    // A click-to-call that was answered.
    let outbound = server.app.store.call("80bfbec2d78bbbf10fb851f4fa165211").await;
    let outbound = outbound.unwrap().unwrap();
    let view = &outbound.facts.views(&outbound.sid, outbound.rev)[0];
    assert_eq!(view.outcome, Some(Outcome::Completed));
    assert_eq!((view.talk_seconds, view.recorded), (Some(18), true));
}

#[tokio::test]
async fn a_passthru_is_answered_at_once_and_with_nothing() {
    let server = TestServer::start(|_| ()).await;
    let url = server.hook("passthru");
    let answer = server.http.get(format!("{url}?CallSid=7b&CallType=call-attempt"));
    let answer = answer.send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.content_length()),
        (200, Some(0))
    );
}
