//! What GreenPin wraps its answers in.

use http::Response;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{Allocation, GreenPinCode};
use crate::ApiError;
use crate::error::{Kind, Refusal};
use crate::lenient::{self, More};
use crate::refusal::retry_after;

/// The wrapping of one allocation (seed: greenpin-api, response of create), and of one item of a bulk answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Envelope {
    /// The platform's id of the request; an update's answer has one.
    #[serde(
        deserialize_with = "lenient::text_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub request_id: Option<String>,
    /// The HTTP method, echoed by an update.
    #[serde(
        deserialize_with = "lenient::text_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub method: Option<String>,
    /// Whether it worked.
    #[serde(deserialize_with = "lenient::boolean")]
    pub success: Option<bool>,
    /// The HTTP status, or what it would be for this item.
    #[serde(deserialize_with = "lenient::int")]
    pub status: Option<i64>,
    /// The error's number; none on success. 0 is an error.
    #[serde(deserialize_with = "lenient::int")]
    pub code: Option<i64>,
    /// The error in the vendor's words.
    #[serde(deserialize_with = "lenient::text_option")]
    pub message: Option<String>,
    /// The allocation; whatever is no object in its place counts as none.
    #[serde(deserialize_with = "object")]
    pub data: Option<Allocation>,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Envelope {
    /// A success with `data`.
    pub fn success(data: Allocation) -> Self {
        Self {
            success: Some(true),
            status: Some(200),
            data: Some(data),
            ..Self::default()
        }
    }

    /// A refusal with the documented status and words of `code`.
    pub fn refusal(code: GreenPinCode) -> Self {
        Self {
            success: Some(false),
            status: code.http_status().map(i64::from),
            code: Some(code.number()),
            message: code.vendor_words().map(str::to_owned),
            ..Self::default()
        }
    }

    /// Reads an answer, and refuses what it refuses. The body comes too, for what else is in it.
    pub(super) fn open(answer: &Response<Vec<u8>>) -> Result<(Self, Value), ApiError> {
        let http = answer.status().as_u16();
        let body = serde_json::from_slice(answer.body())
            .map_err(|error| format!("no GreenPin envelope ({:?} error)", error.classify()));
        match body {
            Ok(body) => Self::of(http, &body, retry_after(answer)).map(|envelope| (envelope, body)),
            Err(why) if answer.status().is_success() => Err(ApiError::unreadable(http, why)),
            Err(_) => Err(Refusal::read(answer).into()),
        }
    }

    /// Reads the wrapping in `body`, a whole answer or one item of it, and refuses what it refuses.
    ///
    /// `http` is the status of the whole answer, `wait` the seconds it asks to wait.
    pub(super) fn of(http: u16, body: &Value, wait: Option<u64>) -> Result<Self, ApiError> {
        let Ok(envelope) = Self::deserialize(body) else {
            return Err(match http {
                200..=299 => ApiError::unreadable(http, "no GreenPin envelope"),
                _ => Refusal::in_body(http, body, wait).into(),
            });
        };
        let Some(refusal) = envelope.refused(http, wait) else {
            return Ok(envelope);
        };
        if envelope.message.is_some() || envelope.code.is_some() {
            return Err(refusal.into());
        }
        // Something before GreenPin refused, in the words of another API.
        let other = Refusal::in_body(http, body, wait);
        let is_status = |code: &i64| *code == i64::from(http) || envelope.status == Some(*code);
        Err(Refusal {
            code: other.code.filter(|code| !is_status(code)),
            words: other.words,
            request_id: refusal.request_id.clone().or(other.request_id),
            ..refusal
        }
        .into())
    }

    /// The refusal in it, if it is one. The HTTP status, `success` or a `code` alone suffice.
    fn refused(&self, http: u16, wait: Option<u64>) -> Option<Refusal> {
        let worked = (200..300).contains(&http)
            && self.success != Some(false)
            && self.code.is_none()
            && self.status.is_none_or(|status| (200..300).contains(&status));
        if worked {
            return None;
        }
        let code = self.code.map(GreenPinCode::from_number);
        // Behind a 200 or a 207 the item's own status is the one that says something.
        let stated = match http {
            200..=299 => self.status.unwrap_or_else(|| http.into()),
            _ => http.into(),
        };
        let words = self
            .message
            .clone()
            .or_else(|| Some(code?.vendor_words()?.to_owned()));
        Some(Refusal {
            kind: code.map_or_else(|| Kind::of(stated), |code| kind(code, stated)),
            http,
            code: self.code,
            words: words.unwrap_or_default(),
            request_id: self.request_id.clone(),
            retry_after: wait,
        })
    }
}

impl Envelope {
    /// Takes the allocation out of a success.
    pub(super) fn allocated(&mut self, http: u16) -> Result<Allocation, ApiError> {
        self.data
            .take()
            .ok_or_else(|| ApiError::unreadable(http, "a success without data"))
    }
}

fn object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Allocation>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(value
        .is_object()
        .then(|| serde_json::from_value(value).ok())
        .flatten())
}

/// The code decides, then the status: 452 is no standard one.
fn kind(code: GreenPinCode, status: i64) -> Kind {
    match code {
        GreenPinCode::Other(_) => Kind::of(status),
        known => known
            .http_status()
            .map_or(Kind::Other, |documented| Kind::of(documented.into())),
    }
}

/// The allocation of a successful answer.
pub(super) fn allocation(answer: &Response<Vec<u8>>) -> Result<(Envelope, Allocation), ApiError> {
    let (mut envelope, _) = Envelope::open(answer)?;
    let allocation = envelope.allocated(answer.status().as_u16())?;
    Ok((envelope, allocation))
}

impl GreenPinCode {
    /// The code in a refusal by GreenPin; none if the answer came from something before it, such as a proxy.
    pub fn of(refusal: &Refusal) -> Option<Self> {
        refusal.code.map(Self::from_number)
    }
}
