//! Webhooks that name their agent by an address: kept at once, joined with the agent when the vendor has said who it is.

use std::time::{Duration, Instant};

use protocol::call::CallState;
use serde_json::json;
use server::config::sandbox_hosts;

use super::platform::reachable;
use super::support::server::{PATIENCE, TestServer};
use super::vendor::Vendor;

#[tokio::test]
async fn no_webhook_waits_for_the_vendor() {
    // Connections come about, and nothing is ever said.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", silent.local_addr().unwrap());
    let server = TestServer::start(|config| config.vendor.hosts = sandbox_hosts(&origin)).await;
    let began = Instant::now();
    for no in 0..30 {
        let body = json!({"CallSid": format!("c{no}"), "DialWhomNumber": "sip:asha7", "CallStatus": "busy"});
        assert_eq!(server.post("popup", body.to_string()).await, 200);
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let call = server.app.store.call("c29").await.unwrap().unwrap();
    assert_eq!(call.facts.views("c29", 1)[0].state, CallState::Incoming);
}

#[tokio::test]
async fn the_agent_is_joined_afterwards_and_the_call_goes_on_for_others() {
    let vendor = Vendor::start().await;
    let server = reachable(&vendor).await;
    let asha = server.app.vendor.user("test", "asha").await.unwrap();
    let rings = json!({"CallSid": "7b", "AppUserID": "ravi", "CallStatus": "busy"});
    assert_eq!(server.post("popup", rings.to_string()).await, 200);
    let released = json!({"CallSid": "7b", "DialWhomNumber": asha.sip_id, "CallStatus": "free"});
    assert_eq!(server.post("incomingcallhangup", released.to_string()).await, 200);
    let began = Instant::now();
    let facts = loop {
        let facts = server.app.store.call("7b").await.unwrap().unwrap().facts;
        if facts.agents.contains_key("asha") {
            break facts;
        }
        assert!(began.elapsed() < PATIENCE, "{facts:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let states: Vec<_> = facts
        .views("7b", 1)
        .into_iter()
        .map(|view| (view.agent, view.state))
        .collect();
    let wanted = [("asha", CallState::Ended), ("ravi", CallState::Incoming)];
    assert_eq!(states, wanted.map(|(agent, state)| (agent.to_owned(), state)));
    // Nobody's address: over for all, once the vendor has said that it is nobody's.
    let gone = json!({"CallSid": "7c", "DialWhomNumber": "sip:stranger", "CallStatus": "free"});
    assert_eq!(server.post("incomingcallhangup", gone.to_string()).await, 200);
    let began = Instant::now();
    while server
        .app
        .store
        .call("7c")
        .await
        .unwrap()
        .unwrap()
        .facts
        .over
        .is_none()
    {
        assert!(began.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
