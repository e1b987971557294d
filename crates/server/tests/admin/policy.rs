//! The policy: written by one, refused to the other, held by the server, told to everybody.

use protocol::admin::policy::{
    Feature, FeatureRule, PolicyPreview, PolicyVersions, Rule, StoredPolicy, WrapUpRules,
};
use protocol::phone::PhoneSetup;
use protocol::session::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::Desk;
use super::support::server::{PATIENCE, TestServer};

const PATH: &str = "/api/admin/policy";

fn forbidden(feature: Feature) -> FeatureRule {
    FeatureRule {
        feature,
        role: Some(Role::Agent),
        app: None,
        rule: Rule::Forbidden,
    }
}

#[tokio::test]
async fn a_policy_is_previewed_written_once_held_and_told() {
    let desk = Desk::new().await;
    let asha = desk.server.signed_in("asha", Role::Agent, Some("asha")).await;
    let second = TestServer::start_in(std::sync::Arc::clone(&desk.server.dir), |config| {
        desk.vendor.configure(config);
    })
    .await;
    let before: StoredPolicy = desk.get(PATH).await;
    assert_eq!((before.version, before.policy.dispositions.len()), (0, 2));
    let mut policy = before.policy.clone();
    policy.features = vec![forbidden(Feature::DeviceSwitch), forbidden(Feature::Notes)];
    policy.whole_numbers_from = Role::Supervisor;
    policy.wrap_up = WrapUpRules {
        seconds: 30,
        disposition_needed: true,
        note_needed: false,
    };
    let change = json!({ "version": 0, "policy": policy });

    let preview: PolicyPreview = desk
        .ask(Method::POST, &format!("{PATH}/preview"), Some(change.clone()))
        .await;
    let hers = preview
        .people
        .iter()
        .find(|person| person.name == "asha")
        .unwrap();
    let wanted = [
        "Switching the device: allowed, from now on forbidden.",
        "Notes: allowed, from now on forbidden.",
        "Wrapping up: 0 s, from now on 30 s.",
        "A disposition is needed: no, from now on yes.",
        "Customers' numbers: whole, from now on masked.",
    ];
    assert_eq!(hers.changes, wanted);
    let boss = preview
        .people
        .iter()
        .find(|person| person.name == "boss")
        .unwrap();
    assert_eq!(boss.changes.len(), 2, "only what is for everybody");
    assert_eq!(
        desk.get::<StoredPolicy>(PATH).await.version,
        0,
        "a preview writes nothing"
    );

    let mut stream = desk
        .server
        .request(Method::GET, "/events", &asha)
        .send()
        .await
        .unwrap();
    let written: StoredPolicy = desk.ask(Method::PUT, PATH, Some(change.clone())).await;
    assert_eq!((written.version, written.by.as_str()), (1, "boss"));
    let (status, problem) = desk.refused(Method::PUT, PATH, Some(change)).await;
    assert_eq!((status, problem.code.as_str()), (409, "changed_meanwhile"));
    let changed = problem.changed.unwrap();
    assert_eq!((changed.by.as_str(), changed.at), ("boss", written.at));

    let heard = async {
        let mut text = String::new();
        while !text.contains("event: policy") {
            text.push_str(&String::from_utf8_lossy(&stream.chunk().await.unwrap().unwrap()));
        }
    };
    tokio::time::timeout(PATIENCE, heard)
        .await
        .expect("the agent hears of it");

    let ask = |method, path: &str, body: Value| {
        let request = desk
            .server
            .request(method, path, &asha)
            .header("content-type", "application/json");
        request.body(body.to_string()).send()
    };
    let setup = desk
        .server
        .request(Method::GET, "/api/phone", &asha)
        .send()
        .await
        .unwrap();
    let setup: PhoneSetup = serde_json::from_slice(&setup.bytes().await.unwrap()).unwrap();
    assert!(!setup.features.whole_numbers && setup.features.platform_calls);
    let rule = |feature| {
        setup
            .policy
            .features
            .iter()
            .find(|it| it.feature == feature)
            .unwrap()
            .rule
    };
    assert_eq!(
        (rule(Feature::Notes), rule(Feature::Hold)),
        (Rule::Forbidden, Rule::Allowed)
    );
    assert_eq!((setup.policy.version, setup.policy.wrap_up.seconds), (1, 30));
    for (method, path, body) in [
        (Method::PUT, "/api/device", json!({ "active": "phone" })),
        (Method::PUT, "/api/calls/c1/note", json!({ "text": "x" })),
    ] {
        let answer = ask(method, path, body).await.unwrap();
        assert_eq!(answer.status(), 403, "{path}");
        assert!(answer.text().await.unwrap().contains("feature_forbidden"));
    }

    // The other node, within seconds; and after a restart.
    let began = std::time::Instant::now();
    while second.app.policy.now().version == 0 {
        assert!(began.elapsed() < PATIENCE, "the other node does not see it");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    drop(second);
    let desk = desk.restarted().await;
    assert_eq!(desk.get::<StoredPolicy>(PATH).await, written);
    let versions: PolicyVersions = desk.get(&format!("{PATH}/versions")).await;
    assert_eq!(versions.versions, [written]);
}

#[tokio::test]
async fn a_policy_that_cannot_be_is_refused_with_its_field() {
    let desk = Desk::new().await;
    let good = serde_json::to_value(&desk.get::<StoredPolicy>(PATH).await.policy).unwrap();
    for (field, value, wrong) in [
        ("dispositions", json!(["Sold", "sold "]), "dispositions"),
        ("dispositions", json!([""]), "dispositions"),
        (
            "features",
            json!([forbidden(Feature::Hold), forbidden(Feature::Hold)]),
            "features",
        ),
        ("ring", json!({ "volume": 101 }), "ring.volume"),
        ("wrap_up", json!({ "seconds": 3601 }), "wrap_up.seconds"),
    ] {
        let mut policy = good.clone();
        policy[field] = value;
        let body = Some(json!({ "version": 0, "policy": policy }));
        let (status, problem) = desk.refused(Method::PUT, PATH, body).await;
        assert_eq!(
            (status, problem.field.as_deref()),
            (422, Some(wrong)),
            "{problem:?}"
        );
    }
}
