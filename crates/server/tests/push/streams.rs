//! Who sees what, and from where on.

use protocol::call::{CallState, CallView, Direction};
use protocol::event::Event;
use protocol::session::Role;
use server::store::{Logged, NewEvent, Retention};

use crate::listener::{Block, From, Listener, ask, log, mark, marked};
use crate::support::server::TestServer;

#[tokio::test]
async fn agents_see_their_own_and_supervisors_everything() {
    let server = TestServer::start(|_| {}).await;
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    let ravi = server.signed_in("ravi", Role::Agent, Some("r1")).await;
    let lead = server.signed_in("lead", Role::Supervisor, None).await;
    let (mut to_asha, _) = Listener::open(&server, &asha, From::Now).await;
    let (mut to_ravi, _) = Listener::open(&server, &ravi, From::Now).await;
    let (mut to_lead, _) = Listener::open(&server, &lead, From::Now).await;
    let events = vec![
        marked(Some("a1"), "one"),
        marked(Some("r1"), "two"),
        marked(None, "three"),
    ];
    log(server.app.store.as_ref(), events).await;
    log(
        server.app.store.as_ref(),
        vec![marked(Some("a1"), "four"), marked(Some("r1"), "five")],
    )
    .await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(mark(&to_lead.event().await));
    }
    assert_eq!(seen, ["one", "two", "three", "four", "five"]);
    assert_eq!(mark(&to_asha.event().await), "one");
    assert_eq!(mark(&to_asha.event().await), "four");
    assert_eq!(mark(&to_ravi.event().await), "two");
    assert_eq!(mark(&to_ravi.event().await), "five");
}

#[tokio::test]
async fn a_push_payload_reaches_its_agent_alone() {
    let server = TestServer::start(|_| {}).await;
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    // A supervisor may have a phone of their own.
    let lead = server.signed_in("lead", Role::Supervisor, Some("l1")).await;
    let (mut to_asha, _) = Listener::open(&server, &asha, From::Now).await;
    let (mut to_lead, _) = Listener::open(&server, &lead, From::Now).await;
    let events = vec![marked(Some("a1"), "for asha"), marked(Some("l1"), "for lead")];
    log(server.app.store.as_ref(), events).await;
    let payload = |block: &Block| {
        let data: serde_json::Value = serde_json::from_str(&block.data).unwrap();
        data["push"]["payload"].as_str().unwrap().to_owned()
    };
    assert_eq!(payload(&to_asha.event().await), "opaque");
    assert_eq!(payload(&to_lead.event().await), "");
    assert_eq!(payload(&to_lead.event().await), "opaque");
}

#[tokio::test]
async fn a_reader_goes_on_where_it_stood() {
    let server = TestServer::start(|_| {}).await;
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    let (listener, first) = Listener::open(&server, &asha, From::Now).await;
    drop(listener);
    // More than one page of the log, and another agent's between.
    for index in 0..300 {
        let events = vec![
            marked(Some("a1"), &index.to_string()),
            marked(Some("r1"), "not for asha"),
        ];
        log(server.app.store.as_ref(), events).await;
    }
    for from in [From::Header(&first.id), From::Query(&first.id)] {
        let (mut listener, again) = Listener::open(&server, &asha, from).await;
        assert_eq!(again.id, first.id, "it stands where it was");
        for index in 0..300 {
            assert_eq!(mark(&listener.event().await), index.to_string());
        }
    }
}

#[tokio::test]
async fn lost_history_is_said_and_the_reader_goes_on() {
    let server = TestServer::start(|_| {}).await;
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    let store = server.app.store.as_ref();
    log(
        store,
        vec![marked(Some("a1"), "old"), marked(Some("a1"), "older")],
    )
    .await;
    let bounds = store.log_bounds().await.unwrap();
    let beyond = format!("{}-{}", bounds.epoch, bounds.last + 1_000);
    let first = format!("{}-0", bounds.epoch);
    let held = Listener::open(&server, &asha, From::Header(&first)).await;
    assert_eq!(mark(&{ held }.0.event().await), "old", "nothing is lost yet");
    let now = server::clock::now() + 1;
    let limits = Retention {
        events: now,
        deliveries: 0,
        calls: 0,
        audit: 0,
        logs: 0,
        now: 0,
    };
    store.forget(&limits).await.unwrap();
    let forgotten = store.log_bounds().await.unwrap().forgotten;
    assert!(forgotten > 0, "something was forgotten");
    for id in ["elsewhere-1", "nonsense", &beyond, &first] {
        let (mut listener, _) = Listener::open(&server, &asha, From::Header(id)).await;
        let lost = listener.event().await;
        assert_eq!(lost.event, "lost", "after {id}");
        log(store, vec![marked(Some("a1"), id)]).await;
        let next = listener.event().await;
        assert_eq!(mark(&next), id, "it goes on");
        let (mut listener, _) = Listener::open(&server, &asha, From::Header(&lost.id)).await;
        assert_eq!(mark(&listener.event().await), id, "its new place holds");
    }
}

#[tokio::test]
async fn numbers_are_masked_below_the_configured_role() {
    let server = TestServer::start(|config| config.phone.whole_numbers_from = Role::Supervisor).await;
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    let lead = server.signed_in("lead", Role::Supervisor, None).await;
    let (mut to_asha, place) = Listener::open(&server, &asha, From::Now).await;
    let (mut to_lead, _) = Listener::open(&server, &lead, From::Now).await;
    let call = CallView {
        sid: "c1".to_owned(),
        rev: 1,
        agent: "a1".to_owned(),
        direction: Direction::Inbound,
        state: CallState::Incoming,
        outcome: None,
        number: "+918040408012".into(),
        virtual_number: "+918088919888".into(),
        started_at: 1,
        answered_at: None,
        ended_at: None,
        talk_seconds: None,
        recorded: false,
    };
    let event = NewEvent {
        agent: Some("a1".to_owned()),
        body: Logged::Public(Event::Call(call)),
    };
    log(server.app.store.as_ref(), vec![event]).await;
    let (mut replayed, _) = Listener::open(&server, &asha, From::Header(&place.id)).await;
    for block in [to_asha.event().await, replayed.event().await] {
        assert!(!block.data.contains("8040408012"), "{}", block.data);
        assert!(block.data.contains("12\""), "two digits are left: {}", block.data);
    }
    assert!(to_lead.event().await.data.contains("+918040408012"));
}

#[tokio::test]
async fn a_stream_is_refused_to_whom_it_is_not_for() {
    let server = TestServer::start(|_| {}).await;
    let nobody = server.http.get(server.url("/events")).send().await.unwrap();
    assert_eq!(nobody.status(), 401);
    let no_phone = server.signed_in("new", Role::Agent, None).await;
    let refused = ask(&server, &no_phone, From::Now).await;
    assert_eq!(refused.status(), 403);
    assert!(refused.text().await.unwrap().contains("no_agent"));
}
