//! Push notifications: handed to the agent whose subscriber it is for, or refused.

use exotel::Secret;
use protocol::event::Event;
use protocol::session::Role;
use serde_json::json;
use server::store::{Audience, Logged};

use super::support::server::TestServer;

async fn server() -> TestServer {
    let server = TestServer::start(|config| {
        config.hooks.basic = vec![("platform".to_owned(), Secret::from("word"))];
    })
    .await;
    server.add("asha", Role::Agent, Some("asha-id")).await;
    let mut asha = server.app.store.person("asha").await.unwrap().unwrap();
    asha.subscriber = Some("AshaBrowser".to_owned());
    server.app.store.put_person(&asha).await.unwrap();
    server
}

async fn send(server: &TestServer, subscriber: &str) -> u16 {
    let body = json!({"subscriberName": subscriber, "payload": "opaque==", "payloadVersion": "2"});
    let request = server.http.post(server.hook("push")).body(body.to_string());
    let answer = request.basic_auth("platform", Some("word")).send().await;
    answer.unwrap().status().as_u16()
}

#[tokio::test]
async fn call_data_reaches_its_agent_once() {
    let server = server().await;
    for _ in 0..2 {
        assert_eq!(send(&server, "AshaBrowser").await, 200);
    }
    let asha = Audience::Agent("asha-id".to_owned());
    let events = server.app.store.events_after(0, &asha, 10).await.unwrap();
    let [event] = events.as_slice() else {
        panic!("{} events", events.len())
    };
    let Logged::Public(Event::Push {
        subscriber,
        payload,
        version,
    }) = &event.event.body
    else {
        panic!("{event:?}")
    };
    assert_eq!(
        (subscriber.as_str(), payload.reveal(), version.as_str()),
        ("AshaBrowser", "opaque==", "2")
    );
    let stored = server.kept().await.pop().unwrap().delivery;
    assert_eq!(stored.body["payload"], "••••");
}

#[tokio::test]
async fn a_device_that_nobody_told_is_a_failure() {
    let server = server().await;
    // Names are told apart by their case.
    for _ in 0..3 {
        assert_eq!(send(&server, "ashabrowser").await, 404);
    }
    assert_eq!(server.kept().await.len(), 1);
    assert!(server.log().await.is_empty());
    // Once there is such an account, the next try of the platform arrives.
    let mut asha = server.app.store.person("asha").await.unwrap().unwrap();
    asha.subscriber = Some("ashabrowser".to_owned());
    server.app.store.put_person(&asha).await.unwrap();
    assert_eq!(send(&server, "ashabrowser").await, 200);
    assert_eq!(server.log().await.len(), 1);
    // An account that may not sign in has no device.
    asha.disabled = true;
    server.app.store.put_person(&asha).await.unwrap();
    assert_eq!(send(&server, "ashabrowser").await, 404);
}

#[tokio::test]
async fn the_path_alone_is_not_enough() {
    let server = TestServer::start(|_| ()).await;
    let body = json!({"subscriberName": "asha", "payload": "opaque=="}).to_string();
    let request = server.http.post(server.hook("push")).body(body);
    assert_eq!(request.send().await.unwrap().status(), 401);
    assert!(server.kept().await.is_empty());
}
