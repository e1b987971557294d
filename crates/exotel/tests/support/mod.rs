//! One example of every REST operation, and readers of the samples.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

pub mod cases;
mod greenpin;

use std::fmt::Debug;
use std::path::PathBuf;

use exotel::{ApiError, Endpoint};
use http::{Request, Response};

/// Reads an answer; a success comes as its `Debug` text.
type Parse = dyn Fn(&Response<Vec<u8>>) -> Result<String, ApiError>;

/// An operation whose types are forgotten, so that all can be handled alike.
pub struct Case {
    /// The folder of its samples.
    pub api: &'static str,
    /// Its name in the table of operations.
    pub name: &'static str,
    /// What is sent.
    pub request: Request<Vec<u8>>,
    /// Its reader.
    pub parse: Box<Parse>,
    /// The `Debug` text of the operation itself.
    pub shown: String,
}

impl Case {
    fn new<E>(
        api: &'static str,
        name: &'static str,
        endpoint: E,
        config: &E::Config,
        credential: &E::Credential,
    ) -> Self
    where
        E: Endpoint + Debug + 'static,
        E::Response: Debug,
    {
        Self {
            api,
            name,
            request: endpoint
                .request(config, credential)
                .unwrap_or_else(|invalid| panic!("{name}: {invalid}")),
            shown: format!("{endpoint:?}"),
            parse: Box::new(move |answer| endpoint.parse(answer).map(|response| format!("{response:?}"))),
        }
    }
}

/// The operation called `name` of the API in folder `api`.
pub fn case(api: &str, name: &str) -> Case {
    cases::all()
        .into_iter()
        .find(|case| case.api == api && case.name == name)
        .unwrap_or_else(|| panic!("{api} {name}"))
}

/// A file below `tests/data`.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

/// The text of a sample.
pub fn sample(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The sample as JSON.
pub fn json(name: &str) -> serde_json::Value {
    serde_json::from_str(&sample(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// An answer.
pub fn answer(status: u16, body: impl Into<Vec<u8>>) -> Response<Vec<u8>> {
    Response::builder().status(status).body(body.into()).unwrap()
}

/// The sample as an answer with status 200.
pub fn ok(name: &str) -> Response<Vec<u8>> {
    answer(200, sample(name))
}

/// The request as it goes over the wire, secrets and all.
pub fn transcript(request: &Request<Vec<u8>>) -> String {
    let mut out = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        out += &format!("{name}: {}\n", value.to_str().unwrap());
    }
    let body = std::str::from_utf8(request.body()).unwrap();
    if body.is_empty() {
        out
    } else {
        out + "\n" + body + "\n"
    }
}
