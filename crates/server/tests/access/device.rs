//! The device that follows the session, with the sandbox as the vendor.

use std::time::{Duration, Instant};

use protocol::phone::DeviceName::{self, Phone, Sip};
use protocol::session::Role;
use reqwest::{Method, StatusCode};
use serde_json::json;
use server::clock::now;
use server::phone::device;

use crate::ask::{By, PASSWORD, from_home, json as with_body, send, sign_in, signed_in};
use crate::platform::Vendor;
use crate::support::server::{PATIENCE, TestServer};

/// Adds asha, whose phone the vendor knows.
async fn add_asha(server: &TestServer) {
    let change = json!({ "role": "agent", "agent": "asha", "password": PASSWORD });
    let change = serde_json::from_value(change).unwrap();
    server
        .app
        .auth
        .change_person("asha", change, now())
        .await
        .unwrap();
}

/// Signs in, and begins the shift.
async fn enter(server: &TestServer) -> By {
    let by = By::Cookie(sign_in(server, "asha", PASSWORD).await.cookie());
    let answer = send(from_home(server, Method::POST, "/api/shift", &by)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    by
}

async fn leave(server: &TestServer, by: &By) {
    let answer = send(from_home(server, Method::DELETE, "/api/session", by)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
}

/// What the vendor says rings.
async fn rings(server: &TestServer) -> Option<DeviceName> {
    let user = server.app.vendor.user("test", "asha").await.unwrap();
    device::state_of(&user).active
}

async fn comes_to(server: &TestServer, wanted: Option<DeviceName>) {
    let start = Instant::now();
    while rings(server).await != wanted {
        assert!(start.elapsed() < PATIENCE, "the device never came to {wanted:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn choose(server: &TestServer, wanted: DeviceName) {
    device::switch(&server.app, "test", "asha", Some(wanted))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_browser_rings_from_the_first_shift_to_the_last_sign_out() {
    let vendor = Vendor::start().await;
    let server = TestServer::start(|config| {
        vendor.configure(config);
        config.phone.device_follows_session = true;
    })
    .await;
    add_asha(&server).await;
    choose(&server, Phone).await;
    let (desk, tablet) = (enter(&server).await, enter(&server).await);
    comes_to(&server, Some(Sip)).await;
    // Both sign-ins have switched once this has come twice: a later "on" would spoil what follows.
    let start = Instant::now();
    let switched = async || {
        let audit = server.app.store.audit(None, 100).await.unwrap();
        let sign_in = |what: &str| what == "sign_in";
        audit.iter().filter(|kept| !sign_in(&kept.record.what)).count()
    };
    while switched().await < 3 {
        assert!(start.elapsed() < PATIENCE, "two sign-ins switch twice");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    leave(&server, &desk).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(rings(&server).await, Some(Sip), "signed in on the tablet");
    leave(&server, &tablet).await;
    comes_to(&server, None).await;

    let desk = enter(&server).await;
    comes_to(&server, Some(Sip)).await;
    choose(&server, Phone).await;
    leave(&server, &desk).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(
        rings(&server).await,
        Some(Phone),
        "their telephone is not ours to switch off"
    );
}

#[tokio::test]
async fn whoever_is_shut_out_rings_no_more() {
    let vendor = Vendor::start().await;
    let server = TestServer::start(|config| {
        vendor.configure(config);
        config.phone.device_follows_session = true;
    })
    .await;
    let admin = signed_in(&server, "root", Role::Admin).await;
    let put = async |change: serde_json::Value| {
        let request = from_home(&server, Method::PUT, "/api/people/asha", &admin);
        let answer = send(with_body(request, &change)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    };
    add_asha(&server).await;
    choose(&server, Phone).await;
    for shut_out in [
        json!({ "role": "agent", "agent": "asha", "disabled": true }),
        json!({ "role": "agent", "agent": "somebody-else" }),
    ] {
        enter(&server).await;
        comes_to(&server, Some(Sip)).await;
        put(shut_out).await;
        comes_to(&server, None).await;
        put(json!({ "role": "agent", "agent": "asha" })).await;
    }
    enter(&server).await;
    comes_to(&server, Some(Sip)).await;
    let answer = send(from_home(&server, Method::DELETE, "/api/people/asha", &admin)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    comes_to(&server, None).await;
}

#[tokio::test]
async fn a_vendor_that_is_away_keeps_nobody_out() {
    let server = TestServer::start(|config| config.phone.device_follows_session = true).await;
    add_asha(&server).await;
    let asha = enter(&server).await;
    leave(&server, &asha).await;
}

#[tokio::test]
async fn a_browser_that_may_not_sound_yet_is_not_rung() {
    let vendor = Vendor::start().await;
    let server = TestServer::start(|config| {
        vendor.configure(config);
        config.phone.device_follows_session = true;
    })
    .await;
    add_asha(&server).await;
    choose(&server, Phone).await;
    let asha = By::Cookie(sign_in(&server, "asha", PASSWORD).await.cookie());
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(rings(&server).await, Some(Phone), "signed in, and no shift begun");
    let answer = send(from_home(&server, Method::POST, "/api/shift", &asha)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    comes_to(&server, Some(Sip)).await;
}
