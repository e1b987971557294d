//! The envelope of this API: `{RequestId, Status, Code, Error, Data}`.

use http::Response;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ApiError;
use crate::envelope::{place, shape};
use crate::refusal::{Refusal, integer};
use crate::spelling;

/// The `Data` of a success: HTTP 2xx, `Status` "Success" and no `Code` that says otherwise. The texts in it differ
/// ("Successfuly") and decide nothing.
pub(super) fn data(answer: &Response<Vec<u8>>) -> Result<Value, ApiError> {
    let http = answer.status().as_u16();
    if !answer.status().is_success() {
        return Err(Refusal::read(answer).into());
    }
    let mut body: Value = serde_json::from_slice(answer.body())
        .map_err(|error| ApiError::unreadable(http, format!("the body is no JSON ({})", place(&error))))?;
    let code = integer(&body, &["Code", "code", "http_code"]);
    let word = body
        .get("Status")
        .or_else(|| body.get("status"))
        .and_then(Value::as_str);
    if code.is_some_and(|code| !(200..300).contains(&code))
        || word.is_some_and(|word| !word.eq_ignore_ascii_case("Success"))
    {
        return Err(Refusal::read(answer).into());
    }
    if word.is_none() && code.is_none() {
        return Err(ApiError::unreadable(
            http,
            "there is neither `Status` nor `Code` in it",
        ));
    }
    Ok(body.get_mut("Data").map(Value::take).unwrap_or_default())
}

/// [`data`] as one record, or as a list of them.
pub(super) fn record<T: DeserializeOwned>(answer: &Response<Vec<u8>>) -> Result<T, ApiError> {
    read(answer, data(answer)?)
}

/// `value`, found in the data of `answer`, as a record.
pub(super) fn read<T: DeserializeOwned>(answer: &Response<Vec<u8>>, mut value: Value) -> Result<T, ApiError> {
    spelling::one_each(&mut value);
    serde_json::from_value(value)
        .map_err(|error| ApiError::unreadable(answer.status().as_u16(), shape("Data", &error)))
}

/// A success with nothing to read in it, with or without a body.
pub(super) fn done(answer: &Response<Vec<u8>>) -> Result<(), ApiError> {
    if answer.status().is_success() && answer.body().trim_ascii().is_empty() {
        return Ok(());
    }
    data(answer).map(drop)
}

/// [`data`] as a list: an array, one record alone, or `null` for none.
pub(super) fn list<T: DeserializeOwned>(answer: &Response<Vec<u8>>) -> Result<Vec<T>, ApiError> {
    match data(answer)? {
        Value::Null => Ok(Vec::new()),
        array @ Value::Array(_) => read(answer, array),
        one => Ok(vec![read(answer, one)?]),
    }
}
