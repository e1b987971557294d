//! What is asked: a companion's ordinary day over all three APIs, reads more often than writes.

use std::error::Error;

use exotel::credential::Credential;
use exotel::{ApiKey, GreenPinLogin, Secret};
use serde_json::{Value, json};

use crate::connection::Connection;

/// A request, ready to be sent as often as one likes.
pub(crate) struct Request(pub(crate) Vec<u8>);

/// The requests of one round, in their order.
pub(crate) fn prepare(address: &str) -> Result<Vec<Request>, Box<dyn Error>> {
    let mut connection = Connection::open(address)?;
    let mut ask = |request: Request| -> Result<Value, Box<dyn Error>> {
        let (status, body) = connection.ask(&request.0)?;
        match status {
            200..=299 => Ok(serde_json::from_slice(body)?),
            _ => Err(format!("status {status}: {}", String::from_utf8_lossy(body)).into()),
        }
    };
    let write = |method: &str, path: &str, authorization: &str, body: &Value| {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let length = body.len();
        Request(
            format!(
                "{method} {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: {authorization}\r\n\
                 content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
            )
            .into_bytes(),
        )
    };
    let view = ask(write("GET", "/control/platform", "", &Value::Null))?;
    let secret = |path: &str| Secret::new(view.pointer(path).and_then(Value::as_str).unwrap_or_default());
    let (key, token) = (secret("/accounts/0/api_key"), secret("/accounts/0/api_token"));
    let basic = header(&ApiKey { key, token })?;
    let (user, password) = (
        secret("/accounts/0/greenpin_user"),
        secret("/accounts/0/greenpin_password"),
    );
    let pins = header(&GreenPinLogin { user, password })?;

    let (id, secret) = (&view["apps"][0]["AppID"], &view["apps"][0]["AppSecret"]);
    let entity = json!({ "Id": id, "Secret": secret, "Entity": "app" });
    let issued = ask(write("POST", "/v2/integrations/token", "", &entity))?;
    let app = issued["Data"].as_str().ok_or("there is no token")?.to_owned();
    let subscribers = json!({ "subscribers": [{ "subscriber_name": "load" }] });
    ask(write(
        "POST",
        "/v2/accounts/exoteldemo/subscribers",
        &basic,
        &subscribers,
    ))?;
    let allocation = json!({
        "transaction_id": "load",
        "a": { "vns": ["+916292134471"], "numbers": ["+917987686144"] },
        "b": { "numbers": ["+919956555625"] },
    });
    let made = ask(write(
        "POST",
        "/v1/tenants/exoteldemo/greenpin",
        &pins,
        &allocation,
    ))?;
    let allocation = made
        .pointer("/data/greenpin_id")
        .and_then(Value::as_str)
        .unwrap_or_default();

    let none = &Value::Null;
    let setting = json!({ "Key": "popup", "Value": "https://crm.test/hooks/popup" });
    let device = json!({ "UserId": "asha", "DeviceName": "sip", "DeviceStatus": true });
    let change = json!({ "usage": "oneway" });
    let active = json!({ "status": "active" });
    let bearer = json!({ "platform": "android", "device_id": "d1", "subscriber_name": "load" });
    let pin = format!("/v1/tenants/exoteldemo/greenpin/{allocation}");
    Ok(vec![
        write("GET", "/v2/integrations/app", &app, none),
        write("GET", "/v2/integrations/usermapping?user_id=asha", &app, none),
        write("GET", "/v2/integrations/usermapping?page_size=20", &app, none),
        write("GET", "/v2/accounts/exoteldemo/subscribers/load", &basic, none),
        write("GET", &pin, &pins, none),
        write("GET", "/v2/integrations/app_setting", &app, none),
        write(
            "GET",
            "/v2/accounts/exoteldemo/subscribers?page_size=10",
            &basic,
            none,
        ),
        write("POST", "/v2/integrations/app_setting", &app, &setting),
        write("PUT", "/v2/integrations/device", &app, &device),
        write("PUT", "/v2/accounts/exoteldemo/subscribers/load", &basic, &active),
        write("PUT", &pin, &pins, &change),
        write(
            "POST",
            "/v2/accounts/exoteldemo/subscriber-token",
            &basic,
            &bearer,
        ),
    ])
}

fn header(credential: &impl Credential) -> Result<String, Box<dyn Error>> {
    let value = credential.authorization()?.ok_or("there is no credential")?;
    Ok(value.to_str()?.to_owned())
}
