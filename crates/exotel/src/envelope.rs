//! The envelope of Subscriber Management and of the voice API's version 3:
//! `{request_id, method, http_code, metadata?, response: Item | [Item]}` with
//! `Item = {code, error_data, status, data}`.

use http::Response;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::refusal::{Refusal, integer};
use crate::{ApiError, spelling};

/// An answer whose HTTP status says success, with its body read as JSON.
pub(crate) struct Envelope {
    http: u16,
    pub(crate) body: Value,
}

impl Envelope {
    /// Refuses other statuses than 2xx, and bodies that are no JSON.
    pub(crate) fn open(answer: &Response<Vec<u8>>) -> Result<Self, ApiError> {
        let http = answer.status().as_u16();
        if !answer.status().is_success() {
            return Err(Refusal::read(answer).into());
        }
        match serde_json::from_slice(answer.body()) {
            Ok(body) => Ok(Self { http, body }),
            Err(error) => Err(ApiError::unreadable(
                http,
                format!("the body is no JSON ({})", place(&error)),
            )),
        }
    }

    /// The items of `response`: all of a list, or the only one. Without `response` the body is the item.
    pub(crate) fn items(&self) -> &[Value] {
        match self.body.get("response") {
            Some(Value::Array(items)) => items,
            Some(item) => std::slice::from_ref(item),
            None => std::slice::from_ref(&self.body),
        }
    }

    /// The record in `item`, or the refusal that stands in its place.
    pub(crate) fn record<T: DeserializeOwned>(&self, item: &Value) -> Result<T, ApiError> {
        self.refused(item)?;
        let data = match item.get("data") {
            Some(data) => data,
            None => item,
        };
        let mut data = data.clone();
        // Its only records with two spellings are calls.
        spelling::one_each_of_call(&mut data);
        serde_json::from_value(data).map_err(|error| ApiError::unreadable(self.http, shape("data", &error)))
    }

    /// The record of the first item, for operations that answer with one.
    pub(crate) fn only<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        match self.items().first() {
            Some(item) => {
                // The item's own words are the more precise ones.
                self.refused(item)?;
                self.refused_as_a_whole()?;
                self.record(item)
            }
            None => Err(ApiError::unreadable(self.http, "`response` is an empty list")),
        }
    }

    /// An error if the envelope itself says that the request failed, whatever the HTTP status says.
    pub(crate) fn refused_as_a_whole(&self) -> Result<(), ApiError> {
        let code = integer(&self.body, &["http_code"]);
        match code.is_some_and(|code| !(200..300).contains(&code)) {
            true => Err(Refusal::in_body(self.http, &self.body, None).into()),
            false => self.refused(&self.body),
        }
    }

    /// An error if `item` says that it failed.
    pub(crate) fn refused(&self, item: &Value) -> Result<(), ApiError> {
        let code = integer(item, &["code"]);
        let word = item.get("status").and_then(Value::as_str);
        let failed = code.is_some_and(|code| !(200..300).contains(&code))
            || word.is_some_and(|word| word.eq_ignore_ascii_case("failure"))
            || item.get("error_data").is_some_and(Value::is_object);
        if !failed {
            return Ok(());
        }
        let mut refusal = Refusal::in_body(self.http, item, None);
        let id = self.body.get("request_id").and_then(Value::as_str);
        refusal.request_id = refusal.request_id.or_else(|| id.map(str::to_owned));
        Err(refusal.into())
    }

    /// An answer of which this crate cannot make sense.
    pub(crate) fn unreadable(&self, what: &str) -> ApiError {
        ApiError::unreadable(self.http, what)
    }
}

/// A success without anything to read: a 2xx without a body, or with an envelope that does not say otherwise.
pub(crate) fn done(answer: &Response<Vec<u8>>) -> Result<(), ApiError> {
    if answer.status().is_success() && answer.body().trim_ascii().is_empty() {
        return Ok(());
    }
    let envelope = Envelope::open(answer)?;
    for item in envelope.items() {
        envelope.refused(item)?;
    }
    envelope.refused_as_a_whole()?;
    let says_so = ["http_code", "code", "status", "response"];
    match says_so.iter().any(|name| envelope.body.get(name).is_some()) {
        true => Ok(()),
        false => Err(envelope.unreadable("it says neither success nor failure")),
    }
}

/// Where and of which sort a JSON error is, without quoting the text, which may be secret.
pub(crate) fn place(error: &serde_json::Error) -> String {
    format!(
        "{:?} error at line {}, column {}",
        error.classify(),
        error.line(),
        error.column()
    )
}

/// That the value of `key` is of another shape. A missing field is named; serde's other messages quote values.
pub(crate) fn shape(key: &str, error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.starts_with("missing field") {
        true => format!("`{key}` has another shape: {message}"),
        false => format!("`{key}` has another shape"),
    }
}
