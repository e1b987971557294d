//! The wrapping around every answer, one per API.

use exotel::greenpin::GreenPinCode;
use serde_json::{Value, json};

use super::operation::{Api, Operation};
use super::{No, Platform, Quirk, Reply, Yes};

/// Wraps an outcome as the operation's API does.
pub(super) fn wrap(platform: &mut Platform, operation: &Operation, outcome: Result<Yes, No>) -> Reply {
    let id = platform.mint.hex();
    let method = operation.method;
    let mut reply = match outcome {
        Ok(Yes::Nothing) => Reply {
            status: 204,
            headers: Vec::new(),
            body: None,
        },
        Ok(yes) => match operation.api {
            Api::Integrations => Reply::new(200, integrations_success(&id, yes)),
            Api::Subscribers | Api::VoiceV3 => subscribers_success(&id, method, yes, &platform.quirks),
            Api::Greenpin => greenpin_success(&id, method, yes),
            Api::VoiceV1 => Reply::new(200, plain(yes)),
        },
        Err(no) => {
            let body = match operation.api {
                // Seen live: a refusal with a code of its own comes in the other API's wrapping.
                Api::Integrations if no.code.is_none() => integrations_refusal(&id, &no),
                Api::Integrations | Api::Subscribers | Api::VoiceV3 => subscribers_refusal(&id, method, &no),
                Api::Greenpin => greenpin_refusal(&no),
                Api::VoiceV1 => json!({ "RestException": { "Status": no.status, "Message": no.words } }),
            };
            Reply::new(no.status, body)
        }
    };
    let quirks = &platform.quirks;
    if reply.status == 207 && quirks.has(Quirk::MultiStatusAs200) {
        reply.status = 200;
    }
    if reply.status == 404 && operation.api == Api::Integrations && quirks.has(Quirk::NotFoundAs200) {
        reply.status = 200;
    }
    if quirks.has(Quirk::TextNumbers)
        && let Some(body) = &mut reply.body
    {
        numbers_as_text(body);
    }
    reply
}

/// What an answer holds, where nothing is around it.
fn plain(yes: Yes) -> Value {
    match yes {
        Yes::Done(value) | Yes::Odd(value) => value,
        Yes::Many { items, .. } => Value::Array(items),
        Yes::Nothing => Value::Null,
    }
}

fn integrations_success(id: &str, yes: Yes) -> Value {
    json!({ "RequestId": id, "Status": "Success", "Code": 200, "Error": "", "Data": plain(yes) })
}

fn integrations_refusal(id: &str, no: &No) -> Value {
    json!({ "RequestId": id, "Status": "Failure", "Code": no.status, "Error": no.words, "Data": null })
}

/// One item of Subscriber Management that succeeded.
pub(super) fn item(data: &Value) -> Value {
    json!({ "code": 200, "error_data": null, "status": "success", "data": data })
}

/// One that did not.
pub(super) fn failed_item(no: &No) -> Value {
    let code = no.code.unwrap_or_else(|| i64::from(no.status));
    json!({
        "code": no.status,
        "error_data": { "code": code, "description": no.words, "message": reason(no.status) },
        "status": "failure",
        "data": null,
    })
}

fn subscribers_success(id: &str, method: &str, yes: Yes, quirks: &super::Quirks) -> Reply {
    let (status, metadata, response) = match yes {
        Yes::Done(data) if quirks.has(Quirk::SingleInArray) => (200, None, json!([item(&data)])),
        Yes::Done(data) => (200, None, item(&data)),
        Yes::Odd(response) => (200, None, response),
        Yes::Many {
            status,
            metadata,
            items,
        } => (status, Some(metadata), Value::Array(items)),
        Yes::Nothing => (204, None, Value::Null),
    };
    let mut body = json!({ "request_id": id, "method": method, "http_code": status, "response": response });
    if let Some((metadata, fields)) = metadata.zip(body.as_object_mut()) {
        fields.insert(String::from("metadata"), metadata);
    }
    Reply::new(status, body)
}

fn subscribers_refusal(id: &str, method: &str, no: &No) -> Value {
    json!({ "request_id": id, "method": method, "http_code": no.status, "response": failed_item(no) })
}

/// One allocation of GreenPin.
pub(super) fn allocation(data: &Value) -> Value {
    json!({ "success": true, "status": 200, "code": null, "message": null, "data": data })
}

fn greenpin_success(id: &str, method: &str, yes: Yes) -> Reply {
    let mut body = match yes {
        Yes::Done(data) => allocation(&data),
        Yes::Many {
            status,
            metadata,
            items,
        } => {
            let body = json!({
                "request_id": id, "method": method, "http_code": status,
                "metadata": metadata, "response": items,
            });
            return Reply::new(status, body);
        }
        odd @ (Yes::Odd(_) | Yes::Nothing) => plain(odd),
    };
    if let Some(fields) = body.as_object_mut().filter(|_| method == "PUT") {
        fields.insert(String::from("request_id"), json!(id));
        fields.insert(String::from("method"), json!(method));
    }
    Reply::new(200, body)
}

/// A refusal of GreenPin. One without a number of its own gets the number that its status has.
pub(super) fn greenpin_refusal(no: &No) -> Value {
    let like = || GreenPinCode::documented().find(|code| code.http_status() == Some(no.status));
    let code = no.code.or_else(|| like().map(GreenPinCode::number));
    json!({ "success": false, "status": no.status, "code": code, "message": no.words, "data": null })
}

fn reason(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        413 => "Payload Too Large",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Internal Server Error",
    }
}

/// Turns codes, sizes and counts into texts, wherever they are.
fn numbers_as_text(value: &mut Value) {
    const NUMBERS: [&str; 8] = [
        "Code",
        "code",
        "http_code",
        "status",
        "failed",
        "success",
        "total",
        "PageSize",
    ];
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::Number(number) if NUMBERS.contains(&name.as_str()) => {
                        *field = Value::String(number.to_string());
                    }
                    deeper => numbers_as_text(deeper),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(numbers_as_text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
