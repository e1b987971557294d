//! Each operation as the exact HTTP request. `UPDATE_SNAPSHOTS=1` writes the snapshots anew.

mod support;

use exotel::integrations::{
    AddSetting, AddUsers, CreateApp, CreateToken, DeleteSetting, OutboundCall, SetDevice,
};
use exotel::subscribers::{CreateSubscribers, UpdateSubscriber};
use support::cases::all;
use support::{case, json, path, transcript};

#[test]
fn every_request_is_its_snapshot() {
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    for case in all() {
        let path = path(&format!("{}/{}.http", case.api, case.name));
        let text = transcript(&case.request);
        if update {
            std::fs::write(&path, &text).unwrap();
        }
        let snapshot = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, snapshot, "{}", path.display());
    }
}

/// The bodies that the seeds print and this crate would send. `add_users` is left out: its sample breaks the rules.
#[test]
fn bodies_are_those_of_the_seeds() {
    for (api, name) in [
        ("subscribers", "create_token"),
        ("subscribers", "create"),
        ("subscribers", "update"),
        ("integrations", "add_setting"),
        ("integrations", "set_device"),
    ] {
        let body: serde_json::Value = serde_json::from_slice(case(api, name).request.body()).unwrap();
        assert_eq!(body, json(&format!("{api}/{name}_request.json")), "{api} {name}");
    }
    // Where the seed has placeholders, the fields are the same.
    for name in ["create_token", "create_app"] {
        let keys = |value: serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let body = serde_json::from_slice(case("integrations", name).request.body()).unwrap();
        assert_eq!(
            keys(body),
            keys(json(&format!("integrations/{name}_request.json"))),
            "{name}"
        );
    }
}

#[test]
fn an_outbound_call_has_exactly_four_fields() {
    let body: serde_json::Value =
        serde_json::from_slice(case("integrations", "outbound_call").request.body()).unwrap();
    let mut keys: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["app_id", "customer_id", "to", "user_id"]);
}

#[test]
fn credentials_show_neither_in_debug_nor_in_requests() {
    for case in all() {
        let shown = format!("{} {:?}", case.shown, case.request.headers());
        for secret in [
            "test-key",
            "test-token",
            "test-secret",
            "app-token",
            "customer-token",
            "dGVzdC",
            "8040408",
            // What customers note about people.
            "support",
            "order 42",
        ] {
            assert!(!shown.contains(secret), "{} shows {secret}: {shown}", case.name);
        }
    }
}

/// A stand-in of the platform reads the bodies with the same types.
#[test]
fn bodies_are_read_back() {
    fn read<T: serde::de::DeserializeOwned + serde::Serialize>(api: &str, name: &str) {
        let case = case(api, name);
        let body: T = serde_json::from_slice(case.request.body()).unwrap();
        // Written again rather than shown: all secrets look the same in `Debug`.
        let again = String::from_utf8(serde_json::to_vec(&body).unwrap()).unwrap();
        let sent = String::from_utf8(case.request.body().clone()).unwrap();
        assert_eq!(again, sent, "{name}");
    }
    read::<CreateSubscribers>("subscribers", "create");
    read::<UpdateSubscriber>("subscribers", "update");
    read::<CreateToken>("integrations", "create_token");
    read::<CreateApp>("integrations", "create_app");
    read::<AddSetting>("integrations", "add_setting");
    read::<DeleteSetting>("integrations", "delete_setting");
    read::<AddUsers>("integrations", "add_users");
    read::<SetDevice>("integrations", "set_device");
    read::<OutboundCall>("integrations", "outbound_call");
}
