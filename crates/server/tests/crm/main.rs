//! CRMs that are told of calls: a real receiver that checks signatures, one that is dead, a server that goes down between.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod receiver;
#[path = "../support/mod.rs"]
mod support;

use std::net::SocketAddr;
use std::sync::Arc;

use exotel::Secret;
use protocol::call::LegReport;
use protocol::crm_webhooks::CrmNews;
use protocol::history::Note;
use protocol::session::Role;
use reqwest::Method;
use serde_json::Value;
use server::calls::of_leg_report;
use server::clock::now;
use server::config::{Config, CrmWebhook};
use server::ops::Patience;
use server::store::Write;

use receiver::{KEY, Receiver};
use support::server::{PATIENCE, TestServer};

fn told_at(config: &mut Config, name: &str, addr: SocketAddr) {
    config.crm_webhooks.push(CrmWebhook {
        name: name.to_owned(),
        url: Secret::new(format!("http://{addr}/in?key=in-the-address")),
        secrets: vec![Secret::from(KEY)],
        events: CrmNews::ALL.to_vec(),
        private: true,
    });
}

/// Asha refuses a call.
async fn declined(server: &TestServer, sid: &str) {
    let write = Write {
        facts: Some((sid.to_owned(), of_leg_report("asha", LegReport::Declined, now()))),
        at: now(),
        ..Write::default()
    };
    server.app.writer.write(write).await.unwrap();
}

async fn noted(server: &TestServer, sid: &str, text: &str) {
    let note = Note {
        text: text.to_owned(),
        disposition: "Sold".to_owned(),
        updated_at: now(),
    };
    server.app.store.put_note(sid, "asha", &note).await.unwrap();
}

/// Asks until `is` likes what an admin sees.
async fn outgoing(server: &TestServer, is: impl Fn(&Value) -> bool) -> Value {
    let boss = server.session_of("boss", Role::Admin, None, 3_600_000).await;
    let begun = std::time::Instant::now();
    loop {
        let answer = server
            .request(Method::GET, "/api/admin/outgoing", &boss)
            .send()
            .await;
        let page: Value = serde_json::from_slice(&answer.unwrap().bytes().await.unwrap()).unwrap();
        if is(&page) {
            return page;
        }
        assert!(begun.elapsed() < PATIENCE, "{page}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

async fn make(server: &TestServer, path: &str) -> u16 {
    let boss = server.session_of("boss", Role::Admin, None, 3_600_000).await;
    let answer = server.request(Method::POST, path, &boss).send().await.unwrap();
    answer.status().as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_is_told_once_of_each_thing_with_a_good_signature() {
    let receiver = Receiver::start().await;
    let server = TestServer::start(|config| told_at(config, "crm", receiver.addr)).await;
    server.add("boss", Role::Admin, None).await;
    // How far the log has been told is known from the first turn on.
    server.app.store.crm_cursor().await.unwrap();
    declined(&server, "c1").await;
    noted(&server, "c1", "wants").await;
    noted(&server, "c1", "wants a refund").await;
    let told = receiver.wait_for(2).await;
    let kinds: Vec<&str> = told
        .iter()
        .map(|told| told.body["type"].as_str().unwrap())
        .collect();
    assert!(
        kinds.contains(&"call.ended") && kinds.contains(&"note.saved"),
        "{kinds:?}"
    );
    for told in &told {
        assert!(told.signed, "the signature is right");
        assert_eq!(told.body["data"]["call"]["sid"], "c1");
        assert_eq!(
            told.body["data"]["note"]["text"], "wants a refund",
            "typed words are one webhook"
        );
    }
    let page = outgoing(&server, |page| {
        let messages = page["messages"].as_array().unwrap();
        messages.len() == 2 && messages.iter().all(|message| message["state"] == "done")
    })
    .await;
    assert_eq!(page["endpoints"][0]["host"], "127.0.0.1");
    assert!(!page.to_string().contains("in-the-address"));
    // Once more by hand: the same id.
    let id = page["messages"][0]["id"].as_i64().unwrap();
    assert_eq!(
        make(&server, &format!("/api/admin/outgoing/{id}/again")).await,
        204
    );
    assert_eq!(make(&server, "/api/admin/outgoing/99999/again").await, 404);
    let again = receiver.wait_for(3).await.pop().unwrap();
    assert!(again.signed && again.id == page["messages"][0]["message"].as_str().unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_receiver_hears_it_later_and_a_server_that_went_down_forgets_nothing() {
    let receiver = Receiver::start().await;
    // Nobody is there.
    let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = dead.local_addr().unwrap();
    drop(dead);
    let tweak = |config: &mut Config| {
        told_at(config, "alive", receiver.addr);
        told_at(config, "dead", addr);
    };
    let server = TestServer::start(tweak).await;
    server.add("boss", Role::Admin, None).await;
    server.app.store.crm_cursor().await.unwrap();
    declined(&server, "c1").await;
    receiver.wait_for(1).await;
    let page = outgoing(&server, |page| {
        page["messages"]
            .as_array()
            .unwrap()
            .iter()
            .any(|message| message["tries"] == 1 && message["state"] == "waiting")
    })
    .await;
    let endpoint = page["endpoints"]
        .as_array()
        .unwrap()
        .iter()
        .find(|endpoint| endpoint["name"] == "dead");
    assert!(endpoint.unwrap()["failing_since"].is_i64());
    let waiting = |page: &Value| {
        page["messages"]
            .as_array()
            .unwrap()
            .iter()
            .find(|m| m["endpoint"] == "dead")
            .cloned()
    };
    let before = waiting(&page).unwrap();
    // The second call is in the log only, when the server goes down.
    declined(&server, "c2").await;
    let dir = Arc::clone(&server.dir);
    server.stop(Patience::AT_ONCE).await;
    let risen = Receiver::start_at(addr).await;
    let server = TestServer::start_in(dir, tweak).await;
    let told = risen.wait_for(2).await;
    assert!(
        told.iter()
            .any(|told| Some(told.id.as_str()) == before["message"].as_str()),
        "the id stays"
    );
    assert!(told.iter().all(|told| told.signed));
    outgoing(&server, |page| {
        page["endpoints"]
            .as_array()
            .unwrap()
            .iter()
            .all(|endpoint| endpoint["failing_since"].is_null())
    })
    .await;
    let sids: Vec<_> = receiver
        .wait_for(2)
        .await
        .iter()
        .map(|told| told.body["data"]["call"]["sid"].clone())
        .collect();
    assert_eq!(sids, ["c1", "c2"], "who had it is not told again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_gone_is_off_until_an_admin_says_otherwise_and_redirects_lead_nowhere() {
    let receiver = Receiver::start().await;
    let server = TestServer::start(|config| told_at(config, "crm", receiver.addr)).await;
    server.add("boss", Role::Admin, None).await;
    server.app.store.crm_cursor().await.unwrap();
    receiver.answers(307);
    declined(&server, "c1").await;
    let page = outgoing(&server, |page| page["messages"][0]["tries"] == 1).await;
    assert!(
        page["messages"][0]["words"]
            .as_str()
            .unwrap()
            .contains("redirect"),
        "{page}"
    );
    assert_eq!(receiver.wait_for(1).await.len(), 1, "it was not followed");
    receiver.answers(410);
    let id = page["messages"][0]["id"].as_i64().unwrap();
    make(&server, &format!("/api/admin/outgoing/{id}/again")).await;
    let page = outgoing(&server, |page| page["endpoints"][0]["off"].is_string()).await;
    assert_eq!(page["messages"][0]["state"], "given_up");
    let audit = server.app.store.audit(None, 9).await.unwrap();
    assert!(audit.iter().any(|stored| stored.record.what == "crm_webhook_off"));
    receiver.answers(204);
    declined(&server, "c2").await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(
        outgoing(&server, |_| true).await["messages"]
            .as_array()
            .unwrap()
            .len(),
        1,
        "nothing is gathered for it"
    );
    assert_eq!(make(&server, "/api/admin/outgoing/endpoints/crm/on").await, 204);
    assert_eq!(make(&server, "/api/admin/outgoing/endpoints/other/on").await, 404);
    declined(&server, "c3").await;
    outgoing(&server, |page| {
        page["messages"][0]["sid"] == "c3" && page["messages"][0]["state"] == "done"
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_leads_inside_is_not_told() {
    let receiver = Receiver::start().await;
    let server = TestServer::start(|config| {
        told_at(config, "crm", receiver.addr);
        let crm = config.crm_webhooks.last_mut().unwrap();
        crm.private = false;
        crm.url = Secret::new(format!("http://localhost:{}/in", receiver.addr.port()));
    })
    .await;
    server.add("boss", Role::Admin, None).await;
    server.app.store.crm_cursor().await.unwrap();
    declined(&server, "c1").await;
    let page = outgoing(&server, |page| page["messages"][0]["tries"] == 1).await;
    assert!(
        page["messages"][0]["words"]
            .as_str()
            .unwrap()
            .contains("private address"),
        "{page}"
    );
    assert!(receiver.told().is_empty());
}
