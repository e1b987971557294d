//! GreenPin's four events: news for supervisors, and the allocations they change.

use protocol::event::{Event, GreenPinHappened, GreenPinNews};
use protocol::greenpin::AllocationList;
use protocol::session::Role;
use serde_json::json;
use server::store::{Audience, Logged};

use super::support::server::TestServer;

async fn news(server: &TestServer) -> Vec<GreenPinNews> {
    let events = server.log().await.into_iter();
    let news = events.map(|event| match (event.event.agent, event.event.body) {
        (None, Logged::Public(Event::GreenPin(news))) => news,
        other => panic!("{other:?}"),
    });
    news.collect()
}

#[tokio::test]
async fn each_event_is_told_once_and_counted_once() {
    let server = TestServer::start(|_| ()).await;
    let bodies = [
        (
            "greenpin-verified",
            json!({"greenpin_id": "g1", "transaction_id": "order", "pin": "12", "call_sid": "c1"}),
        ),
        (
            "greenpin-call-completed",
            json!({"greenpin_id": "g1", "transation_id": "order", "call_sid": "c1", "call_type": "completed"}),
        ),
        (
            "greenpin-call-completed",
            json!({"greenpin_id": "g1", "transaction_id": "order", "call_sid": "c2", "call_type": "incomplete"}),
        ),
        (
            "greenpin-verification-failed",
            json!({"call_sid": "c3", "pin": "13"}),
        ),
        (
            "greenpin-deallocated",
            json!({"greenpin_id": "g1", "transaction_id": "order", "state": "active",
            "aparty_numbers": ["+918789489697"], "aparty_vns": ["+912235511457"], "aparty_pins": ["12"], "usage": "twoway"}),
        ),
    ];
    for (kind, body) in &bodies {
        for _ in 0..2 {
            assert_eq!(server.post(kind, body.to_string()).await, 200, "{kind}");
        }
    }
    let news = news(&server).await;
    let told: Vec<_> = news
        .iter()
        .map(|it| (it.what, it.greenpin_id.as_str(), it.call_sid.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (GreenPinHappened::Verified, "g1", "c1"),
            (GreenPinHappened::CallCompleted, "g1", "c1"),
            (GreenPinHappened::CallCompleted, "g1", "c2"),
            (GreenPinHappened::VerificationFailed, "", "c3"),
            (GreenPinHappened::Deallocated, "g1", ""),
        ]
    );
    let agent = Audience::Agent("asha".to_owned());
    let theirs = server.app.store.events_after(0, &agent, 10).await.unwrap();
    assert!(theirs.is_empty(), "agents do not see them");

    let admin = server.signed_in("root", Role::Admin, None).await;
    let list = server.request(reqwest::Method::GET, "/api/greenpin/allocations", &admin);
    let text = list.send().await.unwrap().text().await.unwrap();
    let list: AllocationList = serde_json::from_str(&text).unwrap();
    let [allocation] = list.allocations.as_slice() else {
        panic!("{list:?}")
    };
    assert_eq!(
        (allocation.calls, allocation.verified, allocation.state.as_str()),
        (2, 1, "vault")
    );
    assert_eq!(allocation.transaction_id, "order");
    assert_eq!(allocation.a.numbers[0].reveal(), "+918789489697");
    // Nothing brings it back to life.
    let late =
        json!({"greenpin_id": "g1", "transaction_id": "order", "call_sid": "c4", "call_type": "completed"});
    assert_eq!(
        server.post("greenpin-call-completed", late.to_string()).await,
        200
    );
    let stored = server.app.store.allocation("g1").await.unwrap().unwrap();
    assert_eq!((stored.state.as_str(), stored.calls), ("vault", 3));
}
