//! Calls whose end never came, settled from call details.

use protocol::call::{CallState, CallView, LegReport, Outcome};
use serde_json::json;
use server::calls::{of_leg_report, of_placement};
use server::clock;
use server::config::sandbox_hosts;
use server::reconcile::{self, Tally, Trouble};
use server::store::Write;

use super::platform::{Voice, details, unsettled};
use super::support::server::TestServer;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

async fn server() -> (TestServer, Voice) {
    let voice = Voice::default();
    let addr = voice.start().await;
    let server = TestServer::start(|config| {
        config.vendor.hosts = sandbox_hosts(&format!("http://{addr}"));
    })
    .await;
    (server, voice)
}

async fn popup(server: &TestServer, sid: &str) {
    let body =
        json!({"CallSid": sid, "AppUserID": "asha", "CallStatus": "busy", "FromNumber": "08789489697"});
    assert_eq!(server.post("popup", body.to_string()).await, 200);
}

async fn view(server: &TestServer, sid: &str) -> CallView {
    let call = server.app.store.call(sid).await.unwrap().unwrap();
    call.facts.views(sid, call.rev).remove(0)
}

async fn once(server: &TestServer, later: i64) -> Tally {
    reconcile::once(&server.app, clock::now() + later).await.unwrap()
}

#[tokio::test]
async fn a_call_is_asked_about_only_after_it_has_been_silent() {
    let (server, voice) = server().await;
    popup(&server, "c1").await;
    voice.say(
        "c1",
        vec![
            unsettled("c1", "inbound"),
            details("c1", "inbound", ("completed", "no-answer"), 0),
        ],
    );
    assert_eq!(once(&server, MINUTE).await, Tally::default());
    // Over, but not settled: how it went is asked again, after another silence.
    let learnt = Tally {
        asked: 1,
        learnt: 1,
        closed: 0,
    };
    assert_eq!(once(&server, 3 * MINUTE).await, learnt);
    let call = view(&server, "c1").await;
    assert_eq!(
        (call.state, call.outcome),
        (CallState::Ended, Some(Outcome::Unknown))
    );
    assert_eq!(once(&server, 4 * MINUTE).await, Tally::default());
    assert_eq!(once(&server, 6 * MINUTE).await, learnt);
    assert_eq!(view(&server, "c1").await.outcome, Some(Outcome::Missed));
    assert_eq!(once(&server, DAY).await, Tally::default());
    assert_eq!(voice.asked().len(), 2);
}

#[tokio::test]
async fn a_call_that_rings_at_two_agents_is_news_for_each() {
    let (server, _voice) = server().await;
    for (kind, agent) in [
        ("popup", "asha"),
        ("popup", "ravi"),
        ("missedcall", "asha"),
        ("missedcall", "ravi"),
    ] {
        let status = if kind == "popup" { "busy" } else { "free" };
        let body =
            json!({"CallSid": "c1", "AppUserID": agent, "CallStatus": status, "FromNumber": "08789489697"});
        assert_eq!(server.post(kind, body.to_string()).await, 200);
    }
    let call = server.app.store.call("c1").await.unwrap().unwrap();
    let views = call.facts.views("c1", call.rev);
    let stand: Vec<_> = views
        .iter()
        .map(|view| (view.agent.as_str(), view.state))
        .collect();
    assert_eq!(stand, [("asha", CallState::Ended), ("ravi", CallState::Ended)]);
}

#[tokio::test]
async fn twenty_are_asked_about_together() {
    let (server, voice) = server().await;
    for no in 0..45 {
        let sid = format!("c{no}");
        popup(&server, &sid).await;
        voice.say(
            &sid,
            vec![details(&sid, "inbound", ("completed", "completed"), 7)],
        );
    }
    // An id that the platform cannot have made would spoil the whole request.
    popup(&server, "no sid&x=1").await;
    let tally = once(&server, 3 * MINUTE).await;
    assert_eq!(
        tally,
        Tally {
            asked: 45,
            learnt: 45,
            closed: 0
        }
    );
    let sizes: Vec<usize> = voice.asked().iter().map(Vec::len).collect();
    assert_eq!(sizes, [20, 20, 5]);
    let call = view(&server, "c44").await;
    assert_eq!(
        (call.outcome, call.talk_seconds),
        (Some(Outcome::Completed), Some(7))
    );
}

#[tokio::test]
async fn a_call_that_nobody_lists_goes_on_for_a_day_then_is_closed() {
    let (server, voice) = server().await;
    let placed = of_placement("asha", "+918789489697", "+912235511457", clock::now());
    let write = Write {
        facts: Some(("c1".to_owned(), placed)),
        at: clock::now(),
        ..Write::default()
    };
    server.app.writer.write(write).await.unwrap();
    assert_eq!(
        once(&server, 3 * MINUTE).await,
        Tally {
            asked: 1,
            learnt: 0,
            closed: 0
        }
    );
    assert_eq!(view(&server, "c1").await.state, CallState::OutgoingInitiated);
    // At the end of the queue: it has to be silent again.
    assert_eq!(once(&server, 4 * MINUTE).await.asked, 0);
    assert_eq!(
        once(&server, DAY + MINUTE).await,
        Tally {
            asked: 1,
            learnt: 1,
            closed: 1
        }
    );
    let call = view(&server, "c1").await;
    assert_eq!(
        (call.state, call.outcome),
        (CallState::Ended, Some(Outcome::Unknown))
    );
    assert_eq!(once(&server, 3 * DAY).await, Tally::default());
    // What comes later all the same still counts.
    let body = json!({"CallSid": "c1", "AppUserID": "asha", "CallState": "terminal", "CallStatus": "to_leg_unanswered"});
    assert_eq!(server.post("callback", body.to_string()).await, 200);
    assert_eq!(
        view(&server, "c1").await.outcome,
        Some(Outcome::CustomerUnanswered)
    );
    assert_eq!(voice.asked().len(), 2);
}

#[tokio::test]
async fn a_platform_that_asks_for_patience_gets_it() {
    let (server, voice) = server().await;
    popup(&server, "c1").await;
    voice.say("c1", vec![details("c1", "inbound", ("completed", "busy"), 0)]);
    voice.limit(100);
    let refused = reconcile::once(&server.app, clock::now() + 3 * MINUTE).await;
    assert!(matches!(refused, Err(Trouble::Vendor(_))), "{refused:?}");
    assert_eq!(view(&server, "c1").await.state, CallState::Incoming);
    voice.limit(0);
    assert_eq!(once(&server, 4 * MINUTE).await.learnt, 1);
    assert_eq!(view(&server, "c1").await.outcome, Some(Outcome::Declined));
}

#[tokio::test]
async fn an_id_that_the_platform_refuses_holds_nobody_else_up() {
    let (server, voice) = server().await;
    for sid in ["c1", "c2", "c3"] {
        popup(&server, sid).await;
        voice.say(sid, vec![details(sid, "inbound", ("completed", "no-answer"), 0)]);
    }
    voice.spoil("c2");
    assert_eq!(
        once(&server, 3 * MINUTE).await,
        Tally {
            asked: 3,
            learnt: 2,
            closed: 0
        }
    );
    assert_eq!(view(&server, "c3").await.outcome, Some(Outcome::Missed));
    assert_eq!(voice.asked().len(), 4, "together, then one by one");
    assert_eq!(once(&server, DAY + MINUTE).await.closed, 1);
}

#[tokio::test]
async fn a_call_that_only_a_phone_spoke_of_is_given_up_after_an_hour() {
    let (server, voice) = server().await;
    let facts = of_leg_report("asha", LegReport::Answered, clock::now());
    let write = Write {
        facts: Some(("c1".to_owned(), facts)),
        at: clock::now(),
        ..Write::default()
    };
    server.app.writer.write(write).await.unwrap();
    assert_eq!(once(&server, 50 * MINUTE).await.closed, 0);
    assert_eq!(once(&server, 61 * MINUTE).await.closed, 1);
    assert_eq!(once(&server, DAY).await, Tally::default());
    assert_eq!(voice.asked().len(), 2);
}
