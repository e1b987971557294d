//! Whatever is sent, the platform answers in its own words: no panic, no status that is not documented.

use serde_json::json;

use super::demo::SID;
use super::*;

/// Every status that the vendor's pages name, 207 and 452 among them.
const STATUSES: [u16; 15] = [
    200, 204, 207, 400, 401, 403, 404, 409, 410, 413, 422, 429, 452, 500, 503,
];

/// Bodies that fit somewhere.
fn bodies() -> Vec<String> {
    let allocation = json!({
        "transaction_id": "t", "usage": "oneway", "deallocation_policy": {"duration": "1200s"},
        "a": {"vns": ["+916292134471"], "numbers": ["+917987686144"], "pin_length": "3"},
        "b": {"numbers": ["9956555625"], "pin": "0123"},
    });
    let user = json!([{
        "AppUserId": "u", "AppUsername": "User One", "Email": "u@c.test", "ExotelAccountSid": "exoteldemo",
        "ExotelUserName": "Temp Name", "AgentNumber": "09876543210", "VirtualNumber": "1",
    }]);
    let both = json!({
        "Id": "x", "Secret": "y", "Entity": "app", "Key": "popup", "Value": "https://x.test", "UserId": "asha",
        "DeviceName": "sip", "DeviceStatus": false, "app_id": "x", "to": "+919956555625", "user_id": "asha",
        "status": "active", "custom_field": null, "platform": "ios", "device_id": "d", "subscriber_name": "bob",
        "subscribers": [{"subscriber_name": "bob"}], "greenpins": [{"greenpin_id": "x", "usage": "twoway"}],
    });
    let form = String::from(
        "From=sip:asha&To=%2B919956555625&CallerId=1&TimeLimit=9&StatusCallbackEvents[0]=answered",
    );
    vec![allocation.to_string(), user.to_string(), both.to_string(), form]
}

/// A body, cut off everywhere, and with each value in it replaced by something else.
fn spoilt(body: &str) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = (0..=body.len())
        .map(|end| body.as_bytes()[..end].to_vec())
        .collect();
    for odd in [
        "null",
        "-1",
        "1e999",
        "[[[]]]",
        "{}",
        "\"é\\u0000\"",
        "99999999999999999999",
    ] {
        let pieces: Vec<&str> = body.split(':').collect();
        for at in 1..pieces.len() {
            let rest = pieces[at].trim_start_matches(|c: char| !",}]".contains(c));
            let spoilt = [
                &pieces[..at].join(":"),
                ":",
                odd,
                rest,
                ":",
                &pieces[at + 1..].join(":"),
            ]
            .concat();
            all.push(spoilt.trim_end_matches(':').as_bytes().to_vec());
        }
    }
    all.push(vec![0xff, 0xfe, 0x00]);
    all
}

#[test]
fn nothing_that_is_sent_is_met_with_silence() {
    let path = ["sid", "tenant", "name", "id", "app_user_id", "app_id", "call_sid"];
    let path = path.map(|name| (name.to_owned(), String::from("exoteldemo")));
    let query = ["page_size", "offset", "last_value", "key", "entity", "type"];
    for operation in operations() {
        // A fresh one each: some operations delete what the others need.
        let mut platform = demo();
        let credentials = credentials(&mut platform);
        for body in bodies().iter().flat_map(|body| spoilt(body)) {
            for authorization in &credentials {
                let ask = Ask {
                    authorization: Some(authorization.clone()),
                    path: path.to_vec(),
                    query: query
                        .iter()
                        .map(|name| ((*name).to_owned(), String::from("popup")))
                        .take(body.len() % 7)
                        .collect(),
                    body: body.clone(),
                    ..Ask::default()
                };
                let reply = platform.answer(Instant(0), operation, &ask);
                let said = String::from_utf8_lossy(&body);
                assert!(
                    STATUSES.contains(&reply.status),
                    "{}: {reply:?} to {said}",
                    operation.name
                );
                assert_eq!(reply.body.is_none(), reply.status == 204, "{}", operation.name);
            }
        }
    }
}

fn demo() -> Platform {
    let account = Account {
        user: String::from("asha"),
        display: String::from("Asha"),
        password: String::from("secret"),
    };
    let mut platform = Platform::demo(&[account], [9; 32], 1_790_000_000_000);
    platform.quirks = Quirks::new(&[Quirk::TextNumbers, Quirk::OtherIds]);
    platform
}

/// What opens each API.
fn credentials(platform: &mut Platform) -> Vec<String> {
    use base64::Engine as _;
    let basic = |user: &str, password: &str| {
        let pair = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
        format!("Basic {pair}")
    };
    let tenant = platform.records.tenants[SID].clone();
    let mut all = vec![
        basic(tenant.api_key.reveal(), tenant.api_token.reveal()),
        basic(tenant.greenpin_user.reveal(), tenant.greenpin_password.reveal()),
    ];
    let app = platform
        .records
        .apps
        .values()
        .next()
        .map(|app| (app.app_id.clone(), app.app_secret.clone()));
    let (id, secret) = app.unwrap();
    let body = json!({ "Id": id, "Secret": secret.unwrap().reveal(), "Entity": "app" });
    let create = operations()
        .find(|operation| operation.path.ends_with("/token"))
        .unwrap();
    let ask = Ask {
        body: body.to_string().into_bytes(),
        ..Ask::default()
    };
    let reply = platform.answer(Instant(0), create, &ask);
    let token = reply
        .body
        .as_ref()
        .and_then(|body| body["Data"].as_str())
        .map(str::to_owned);
    all.push(token.unwrap());
    all
}

#[test]
fn rows_have_names_and_paths_of_their_own() {
    let mut seen = std::collections::BTreeSet::new();
    for operation in operations() {
        assert!(seen.insert((operation.method, operation.path)), "{operation:?}");
        assert!(operation.path.starts_with("/v"), "{operation:?}");
    }
}
