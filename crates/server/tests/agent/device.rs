//! `PUT /api/device`: the vendor's answer is the truth.

use protocol::event::Event;
use protocol::phone::{DeviceName, DeviceState};
use reqwest::Method;
use serde_json::{Value, json};
use server::store::{Audience, Logged};

use super::{Desk, Said};

async fn switch(desk: &Desk, active: Value) -> Said {
    let body = json!({ "active": active });
    desk.send(&desk.asha, Method::PUT, "/api/device", &body).await
}

#[tokio::test]
async fn a_switch_reaches_the_vendor_the_record_and_the_agents_other_screens() {
    let desk = Desk::new().await;
    for active in [json!("phone"), json!("sip"), json!(null)] {
        let wanted = json!({ "active": active });
        assert_eq!(switch(&desk, active).await, (200, wanted.clone()));
        let (_, phone) = desk.get(&desk.asha, "/api/phone").await;
        assert_eq!(phone["device"], wanted);
    }
    let store = &desk.server.app.store;
    let asha = Audience::Agent("asha".to_owned());
    let events = store.events_after(0, &asha, 10).await.unwrap();
    let states: Vec<_> = events
        .into_iter()
        .filter_map(|event| match event.event.body {
            Logged::Public(Event::Device { agent, device }) if agent == "asha" => Some(device),
            _ => None,
        })
        .collect();
    let state = |active| DeviceState { active };
    let wanted = [Some(DeviceName::Phone), Some(DeviceName::Sip), None].map(state);
    assert_eq!(states, wanted);
    let audit = store.audit(None, 10).await.unwrap();
    assert_eq!(audit.len(), 3);
    assert!(
        audit
            .iter()
            .all(|it| (it.record.who.as_str(), it.record.what.as_str()) == ("asha", "set_device"))
    );
}

#[tokio::test]
async fn a_refusal_comes_in_the_vendors_words_and_changes_nothing() {
    let desk = Desk::new().await;
    desk.vendor.quirk("one-device-stays-on").await;
    let (status, problem) = switch(&desk, json!(null)).await;
    assert_eq!((status, &problem["code"]), (422, &json!("vendor_refused")));
    assert_eq!(problem["vendor"], "At least one device must stay on");
    let (_, phone) = desk.get(&desk.asha, "/api/phone").await;
    assert_eq!(phone["device"], json!({ "active": "sip" }));
    let (status, problem) = switch(&desk, json!("fax")).await;
    assert_eq!((status, &problem["code"]), (422, &json!("wrong_body")));
}

#[tokio::test]
async fn a_lost_answer_is_no_success_and_no_refusal() {
    let desk = Desk::new().await;
    let fault = json!({ "api": "integrations", "operation": "set_device", "status": 502, "when": "after" });
    desk.vendor.make("platform/faults", fault).await;
    let (status, problem) = switch(&desk, json!("phone")).await;
    assert_eq!((status, &problem["code"]), (504, &json!("outcome_unknown")));
    let (_, phone) = desk.get(&desk.asha, "/api/phone").await;
    assert_eq!(phone["device"], json!({ "active": "phone" }), "it had been done");
}
