//! Requests to the server this page came from.

use js_sys::{JSON, Object};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

use super::json::Parsed;
use super::page::window;
use super::reflect;
use crate::companion::CHANGE_HEADER;

/// No answer takes longer, ms: the vendor's own time-out, and ours around it.
const PATIENCE: u32 = 40_000;

/// What came of a request.
pub enum Reply {
    /// 2xx, with what was said; undefined if that was no JSON.
    Said(Parsed),
    /// Any other status, with what was said.
    Refused(u16, Parsed),
    /// No answer at all: what was asked for may have happened.
    Unreachable,
}

/// GET.
pub async fn get(path: &str) -> Reply {
    send(path, &RequestInit::new()).await
}

/// A change, with a JSON object of texts and nulls as its body, and with the header that changes carry.
pub async fn change(method: &str, path: &str, fields: &[(&str, Option<&str>)]) -> Reply {
    let body = Object::new();
    for (name, text) in fields {
        reflect::set(&body, name, &text.map_or(JsValue::NULL, JsValue::from_str));
    }
    let headers = Object::new();
    reflect::set(&headers, CHANGE_HEADER, &JsValue::from_str("1"));
    reflect::set(&headers, "content-type", &JsValue::from_str("application/json"));
    let init = RequestInit::new();
    init.set_method(method);
    init.set_headers(&headers);
    if let Ok(text) = JSON::stringify(&body)
        && !fields.is_empty()
    {
        init.set_body(&text);
    }
    send(path, &init).await
}

async fn send(path: &str, init: &RequestInit) -> Reply {
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let Ok(response) = JsFuture::from(window().fetch_with_str_and_init(path, init)).await else {
        return Reply::Unreachable;
    };
    let response: Response = response.unchecked_into();
    let said = match response.json() {
        Ok(reading) => JsFuture::from(reading).await.unwrap_or(JsValue::UNDEFINED),
        Err(_) => JsValue::UNDEFINED,
    };
    if response.ok() {
        Reply::Said(Parsed(said))
    } else {
        Reply::Refused(response.status(), Parsed(said))
    }
}
