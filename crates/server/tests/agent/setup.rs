//! `GET /api/phone`

use std::time::Duration;

use protocol::session::Role;
use serde_json::json;
use server::config::TurnConfig;

use super::Desk;

#[tokio::test]
async fn an_agent_gets_their_own_account_and_nobody_elses() {
    let desk = Desk::with(|config| {
        config.phone.stun = vec!["stun:stun.test:3478".to_owned()];
        config.phone.turn = Some(TurnConfig {
            urls: vec!["turn:turn.test:3478".to_owned()],
            secret: exotel::Secret::from("canary-turn-secret"),
            ttl: Duration::from_secs(3600),
        });
    })
    .await;
    let (status, phone) = desk.get(&desk.asha, "/api/phone").await;
    assert_eq!(status, 200, "{phone}");
    let passwords = |user: &str| {
        let mut accounts = desk.vendor.running.accounts.iter();
        accounts
            .find(|account| account.user == user)
            .unwrap()
            .password
            .clone()
    };
    assert_eq!(phone["account"]["address"], "sip:asha@exoteldemo.sandbox.test");
    assert_eq!(phone["account"]["password"], passwords("asha"));
    assert_eq!(phone["account"]["display"], "Asha Agent");
    assert_eq!(phone["device"], json!({ "active": "sip" }));
    let features = json!({ "platform_calls": true, "direct_calls": true, "whole_numbers": true });
    assert_eq!(phone["features"], features);
    assert_eq!(phone["ice"][0]["urls"], json!(["stun:stun.test:3478"]));
    let username = phone["ice"][1]["username"].as_str().unwrap();
    assert!(username.ends_with(":asha"), "{username}");

    let text = phone.to_string();
    let mut secrets = desk.vendor.secrets();
    secrets.extend([
        passwords("ravi"),
        passwords("meera"),
        "canary-turn-secret".to_owned(),
    ]);
    for secret in secrets {
        assert!(!text.contains(&secret), "a secret is in the answer");
    }
}

#[tokio::test]
async fn an_account_without_voip_has_a_desk_but_no_phone() {
    let desk = Desk::new().await;
    desk.vendor.quirk("no-voip").await;
    let (status, phone) = desk.get(&desk.asha, "/api/phone").await;
    assert_eq!((status, &phone["account"]), (200, &json!(null)));
    assert_eq!(phone["device"], json!({ "active": "sip" }));
}

#[tokio::test]
async fn the_three_forms_of_a_password_are_read_or_explained() {
    let desk = Desk::new().await;
    desk.vendor.quirk("sip-secret-plain").await;
    desk.vendor.quirk("user-in-array").await;
    let (_, phone) = desk.get(&desk.asha, "/api/phone").await;
    assert_eq!(
        phone["account"]["password"],
        desk.vendor.running.accounts[0].password
    );
    desk.vendor.quirk("sip-secret-masked").await;
    let (status, problem) = desk.get(&desk.asha, "/api/phone").await;
    assert_eq!((status, &problem["code"]), (502, &json!("sip_secret")));
}

#[tokio::test]
async fn somebody_without_a_phone_is_told_whom_to_ask() {
    let desk = Desk::new().await;
    let boss = desk.also("boss", Role::Admin, None).await;
    let (status, problem) = desk.get(&boss, "/api/phone").await;
    assert_eq!((status, &problem["code"]), (403, &json!("no_agent")));
    let stranger = desk.also("stranger", Role::Agent, Some("nobody")).await;
    for quirk in [None, Some("not-found-as-200")] {
        if let Some(quirk) = quirk {
            desk.vendor.quirk(quirk).await;
        }
        let (status, problem) = desk.get(&stranger, "/api/phone").await;
        assert_eq!((status, &problem["vendor"]), (404, &json!("User not found")));
    }
}
