//! Requests to the server this page came from.

use std::cell::{Cell, RefCell};

use js_sys::{Date, JSON, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

use super::json::Parsed;
use super::page::window;
use super::{clock, reflect};
use crate::companion::CHANGE_HEADER;

/// No answer takes longer, ms: the vendor's own time-out, and ours around it.
const PATIENCE: u32 = 40_000;

#[wasm_bindgen]
extern "C" {
    type Head;
    #[wasm_bindgen(method)]
    fn get(this: &Head, name: &str) -> Option<String>;
}

thread_local! {
    /// The token of a page inside a frame. In memory alone.
    static BEARER: RefCell<Option<String>> = const { RefCell::new(None) };
    /// How far our clock is ahead of the server's, ms.
    static AHEAD: Cell<f64> = const { Cell::new(0.0) };
}

/// What came of a request.
pub enum Reply {
    /// 2xx, with what was said; undefined if that was no JSON.
    Said(Parsed),
    /// Any other status, with what was said.
    Refused(u16, Parsed),
    /// No answer at all: what was asked for may have happened.
    Unreachable,
}

/// From now on each request carries this token, or none.
pub fn keep_bearer(token: Option<String>) {
    BEARER.set(token);
}

/// The token in use.
pub fn bearer() -> Option<String> {
    BEARER.with_borrow(Clone::clone)
}

/// A moment of the server's clock on ours, Unix milliseconds: the two may be minutes apart.
pub fn on_our_clock(moment: u64) -> u64 {
    (moment as f64 + AHEAD.get()).max(0.0) as u64
}

/// GET.
pub async fn get(path: &str) -> Reply {
    send(path, &RequestInit::new(), Object::new()).await
}

/// A change, with a JSON object of texts and nulls as its body, and with the header that changes carry.
pub async fn change(method: &str, path: &str, fields: &[(&str, Option<&str>)]) -> Reply {
    let body = Object::new();
    for (name, text) in fields {
        reflect::set(&body, name, &text.map_or(JsValue::NULL, JsValue::from_str));
    }
    let init = RequestInit::new();
    init.set_method(method);
    if let Ok(text) = JSON::stringify(&body)
        && !fields.is_empty()
    {
        init.set_body(&text);
    }
    send(path, &init, headers_of_a_change()).await
}

/// A change with a body that is JSON already.
pub async fn change_json(method: &str, path: &str, body: &str) -> Reply {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_body(&JsValue::from_str(body));
    send(path, &init, headers_of_a_change()).await
}

/// Any request, with a body that is JSON already: the status and what was said, as it is; `None` if no answer came. Carries
/// the header of a change unless it is a GET.
pub async fn whole(method: &str, path: &str, body: Option<&str>) -> Option<(u16, String)> {
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
    }
    let headers = match method {
        "GET" => Object::new(),
        _ => headers_of_a_change(),
    };
    let response = fetched(path, &init, headers).await?;
    let said = match response.text() {
        Ok(reading) => JsFuture::from(reading).await.ok()?,
        Err(_) => return None,
    };
    Some((response.status(), said.as_string().unwrap_or_default()))
}

/// A text as JSON writes it.
pub fn quoted(text: &str) -> String {
    JSON::stringify(&JsValue::from_str(text)).map_or_else(|_| String::from("\"\""), String::from)
}

fn headers_of_a_change() -> Object {
    let headers = Object::new();
    reflect::set(&headers, CHANGE_HEADER, &JsValue::from_str("1"));
    reflect::set(&headers, "content-type", &JsValue::from_str("application/json"));
    headers
}

async fn send(path: &str, init: &RequestInit, headers: Object) -> Reply {
    let Some(response) = fetched(path, init, headers).await else {
        return Reply::Unreachable;
    };
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

/// The head of the answer, if one came.
async fn fetched(path: &str, init: &RequestInit, headers: Object) -> Option<Response> {
    if let Some(token) = bearer() {
        let value = ["Bearer ", &token].concat();
        reflect::set(&headers, "authorization", &JsValue::from_str(&value));
    }
    init.set_headers(&headers);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let response = JsFuture::from(window().fetch_with_str_and_init(path, init)).await;
    let response: Response = response.ok()?.unchecked_into();
    compare_clocks(&response);
    Some(response)
}

/// By the header `Date` (RFC 9110 §6.6.1), to a second.
fn compare_clocks(response: &Response) {
    let date = reflect::get(response, "headers").and_then(|head| head.unchecked_into::<Head>().get("date"));
    let ahead = date.map(|date| clock::exact() - Date::parse(&date));
    if let Some(ahead) = ahead.filter(|ahead| ahead.is_finite()) {
        AHEAD.set(ahead);
    }
}
