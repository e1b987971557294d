//! The platform's no, whichever of its APIs said it.

use std::fmt;

use http::{Response, header::RETRY_AFTER};
use serde_json::Value;

/// At most this many characters are kept as the platform's words.
const LONGEST_WORDS: usize = 300;

/// A refusal with everything the platform said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What sort of no it is.
    pub kind: Kind,
    /// The HTTP status.
    pub http: u16,
    /// The platform's own code, from the most precise place that has one (`error_data.code`, else `Code`).
    pub code: Option<i64>,
    /// The platform's words; empty if it had none.
    pub words: String,
    /// The platform's id of the request, for its support.
    pub request_id: Option<String>,
    /// Seconds to wait, if the answer says.
    pub retry_after: Option<u64>,
}

/// The documented failures, by what can be done about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 400, 422: parameters are missing or malformed.
    BadRequest,
    /// 401: the credentials are wrong or have expired.
    Unauthorized,
    /// 403: the account may not do this.
    Forbidden,
    /// 404: it does not exist (also as `Code: 404` in an answer with status 200).
    NotFound,
    /// 409: it exists already, or clashes with something that does.
    Conflict,
    /// 410: it has been deleted before.
    Gone,
    /// 413: too many items in one request.
    TooLarge,
    /// 429: the account's rate limit.
    RateLimited,
    /// The agent's device is on a call (`outbound_call`: code 10706, or words that say so, with status 404).
    AgentBusy,
    /// 5xx: the platform failed; the operation may have taken place.
    Server,
    /// Any other status or code.
    Other,
}

impl Kind {
    /// The kind that an HTTP status, or a code in its place, stands for.
    pub fn of(status: i64) -> Self {
        match status {
            400 | 422 => Self::BadRequest,
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            409 => Self::Conflict,
            410 => Self::Gone,
            413 => Self::TooLarge,
            429 => Self::RateLimited,
            500..=599 => Self::Server,
            _ => Self::Other,
        }
    }

    /// What to do, one sentence.
    pub fn advice(self) -> &'static str {
        match self {
            Self::BadRequest => "Correct the values and send them again.",
            Self::Unauthorized => "Check the credentials, or create a new token.",
            Self::Forbidden => "Ask Exotel to enable this for the account.",
            Self::NotFound => "Check the id; it may have been deleted.",
            Self::Conflict => "Look up what exists already and update it instead.",
            Self::Gone => "Nothing is left to do: it is deleted.",
            Self::TooLarge => "Send fewer items at once.",
            Self::RateLimited => "Wait, then send it again.",
            Self::AgentBusy => "Wait until the agent's device is free.",
            Self::Server => "Check whether the operation took place before trying again.",
            Self::Other => "Read the platform's words, and quote the request id to its support.",
        }
    }
}

impl Refusal {
    /// Reads a failed `answer` of any of the APIs. Never fails: a body that is no JSON becomes the words.
    pub fn read(answer: &Response<Vec<u8>>) -> Self {
        let http = answer.status().as_u16();
        let Ok(body) = serde_json::from_slice::<Value>(answer.body()) else {
            let words = String::from_utf8_lossy(answer.body());
            return Self {
                kind: Kind::of(http.into()),
                http,
                code: None,
                words: one_line(&words),
                request_id: None,
                retry_after: retry_after(answer),
            };
        };
        Self::in_body(http, &body, retry_after(answer))
    }

    /// Reads the refusal that `body`, or one item of it, states. The code in the body decides the kind where the
    /// HTTP status says success.
    pub fn in_body(http: u16, body: &Value, retry_after: Option<u64>) -> Self {
        let outer = integer(body, &["Code", "code", "http_code", "status", "Status"])
            .or_else(|| integer(body.get("response")?, &["code"]))
            .or_else(|| integer(body.get("RestException")?, &["Status"]));
        let exact = error_data(body).and_then(|data| integer(data, &["code", "Code"]));
        let status = match http {
            200..=299 => outer.unwrap_or_else(|| i64::from(http)),
            _ => i64::from(http),
        };
        Self {
            kind: Kind::of(status),
            http,
            code: exact.or(outer),
            words: words(body).map(|words| one_line(&words)).unwrap_or_default(),
            request_id: text(body, &["RequestId", "request_id", "RequestID"]),
            retry_after,
        }
    }
}

/// The object that describes the error, in the places where the APIs put it.
fn error_data(body: &Value) -> Option<&Value> {
    let item = match body.get("response") {
        Some(Value::Array(items)) => items.first()?,
        Some(item) => item,
        None => body,
    };
    [item, body]
        .into_iter()
        .flat_map(|place| ["error_data", "Error", "error", "RestException"].map(|key| place.get(key)))
        .flatten()
        .find(|data| data.is_object())
}

fn words(body: &Value) -> Option<String> {
    error_data(body)
        .and_then(|data| text(data, &["description", "Description", "message", "Message"]))
        .or_else(|| {
            text(
                body,
                &["Error", "error", "message", "Message", "description", "Data"],
            )
        })
        .or_else(|| text(body.get("response")?, &["message", "error_data"]))
}

/// Safe to put on one line of a log: whoever fills the error in must not be able to start a line of their own.
fn one_line(words: &str) -> String {
    words
        .trim()
        .chars()
        .take(LONGEST_WORDS)
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

fn text(body: &Value, keys: &[&str]) -> Option<String> {
    keys.iter()
        .filter_map(|key| body.get(key)?.as_str())
        .map(str::trim)
        .find(|text| !text.is_empty())
        .map(str::to_owned)
}

/// The first of `keys` that holds a whole number, perhaps as text.
pub(crate) fn integer(body: &Value, keys: &[&str]) -> Option<i64> {
    keys.iter().find_map(|key| match body.get(key)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// Only the form in seconds; the platform does not use dates here.
pub(crate) fn retry_after(answer: &Response<Vec<u8>>) -> Option<u64> {
    answer
        .headers()
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = if self.words.is_empty() {
            "no reason given"
        } else {
            &self.words
        };
        write!(f, "Exotel refused (HTTP {}", self.http)?;
        if let Some(code) = self.code.filter(|code| *code != i64::from(self.http)) {
            write!(f, ", code {code}")?;
        }
        write!(f, "): {words}. {}", self.kind.advice())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, body: &str) -> Refusal {
        Refusal::read(
            &Response::builder()
                .status(status)
                .body(body.as_bytes().to_vec())
                .unwrap(),
        )
    }

    #[test]
    fn the_body_decides_when_the_status_says_success() {
        let no = refusal(
            200,
            r#"{"RequestId":"r1","Status":"Failed","Code":404,"Error":"no such user"}"#,
        );
        assert_eq!(
            (no.kind, no.code, no.words.as_str()),
            (Kind::NotFound, Some(404), "no such user")
        );
        assert_eq!(no.request_id.as_deref(), Some("r1"));
    }

    #[test]
    fn the_most_precise_words_win() {
        let no = refusal(
            404,
            r#"{"http_code":404,"response":{"code":404,"error_data":{"code":1000,"description":"Subscriber not found","message":"Not Found"}}}"#,
        );
        assert_eq!((no.code, no.words.as_str()), (Some(1000), "Subscriber not found"));
        assert_eq!(
            no.to_string(),
            "Exotel refused (HTTP 404, code 1000): Subscriber not found. Check the id; it may have been deleted."
        );
    }

    #[test]
    fn any_body_is_words() {
        assert_eq!(refusal(502, "<h1>Bad Gateway</h1>").words, "<h1>Bad Gateway</h1>");
        assert_eq!(refusal(500, "").kind, Kind::Server);
        assert_eq!(refusal(400, &"é".repeat(1000)).words.chars().count(), 300);
        assert_eq!(
            refusal(404, r#"{"RestException":{"Status":404,"Message":"gone"}}"#).words,
            "gone"
        );
    }

    #[test]
    fn words_are_one_line_of_bounded_length() {
        let long = serde_json::json!({"Error": "no\r\nuser".to_owned() + &"é".repeat(1000)});
        let words = refusal(400, &long.to_string()).words;
        assert!(words.starts_with("no  user"), "{words}");
        assert_eq!(words.chars().count(), 300);
        assert_eq!(
            refusal(502, "<h1>Bad</h1>\n<p>Gateway").words,
            "<h1>Bad</h1> <p>Gateway"
        );
    }

    #[test]
    fn a_rest_exception_has_its_own_status() {
        let no = refusal(200, r#"{"RestException":{"Status":"404","Message":"gone"}}"#);
        assert_eq!(
            (no.kind, no.code, no.words.as_str()),
            (Kind::NotFound, Some(404), "gone")
        );
    }

    #[test]
    fn seconds_to_wait_are_kept() {
        let answer = Response::builder()
            .status(429)
            .header("Retry-After", "7")
            .body(Vec::new())
            .unwrap();
        let no = Refusal::read(&answer);
        assert_eq!((no.kind, no.retry_after), (Kind::RateLimited, Some(7)));
    }
}
