//! How several calls went, by version 1 of the voice API.

use http::{Method, Request, Response};
use serde_json::Value;

use super::{Call, v1};
use crate::config::VoiceApi;
use crate::endpoint::Draft;
use crate::refusal::integer;
use crate::{ApiError, ApiKey, Endpoint, Invalid};

/// The most ids in one request, and the largest page.
const MOST: usize = 100;

/// `GET /Accounts/{account_sid}/Calls.json?Sid={CallSid,...}&details=true`
///
/// Not in the seeds: the vendor's page on call details, version 1. Calls that still go on are left out, and so are
/// those of more than 31 days ago. Times settle as for [`GetCall`](super::GetCall).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListCalls {
    /// The calls: 1 to 100, better no more than 20.
    pub call_sids: Vec<String>,
    /// 1 to 100; 50 if absent.
    pub page_size: Option<u32>,
    /// Where the last page ended: its [`CallPage::next`].
    pub after: Option<String>,
}

/// Some of the calls.
#[derive(Clone, Debug, PartialEq)]
pub struct CallPage {
    /// What is on the page: one that cannot be read does not hide the others.
    pub calls: Vec<Result<Call, ApiError>>,
    /// How many there are on all pages, if the platform says.
    pub total: Option<i64>,
    /// The next request's `after`; none at the end.
    pub next: Option<String>,
}

impl Endpoint for ListCalls {
    type Config = VoiceApi;
    type Credential = ApiKey;
    type Response = CallPage;

    fn request(&self, config: &VoiceApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        if !(1..=MOST).contains(&self.call_sids.len()) {
            return Err(Invalid::new("Sid", "One request asks for 1 to 100 calls."));
        }
        for (index, sid) in self.call_sids.iter().enumerate() {
            super::check_sid(sid).map_err(|invalid| invalid.at("Sid", index))?;
        }
        if self.page_size.is_some_and(|size| !(1..=100).contains(&size)) {
            return Err(Invalid::new("PageSize", "A page holds 1 to 100 calls."));
        }
        Draft::new(Method::GET, &config.v1)
            .path("/Accounts")
            .segment("account_sid", &config.account_sid)?
            .path("/Calls.json")
            .query("Sid", &self.call_sids.join(","))
            .query("details", "true")
            .query_option("PageSize", self.page_size)
            .query_option("After", self.after.as_ref())
            .sign(credential)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<CallPage, ApiError> {
        let http = answer.status().as_u16();
        let mut body = v1::body(answer)?;
        let calls = match body.get_mut("Calls").map(Value::take) {
            Some(Value::Array(calls)) => calls,
            _ => return Err(ApiError::unreadable(http, "there is no list of `Calls` in it")),
        };
        let metadata = body.get("Metadata").unwrap_or(&Value::Null);
        Ok(CallPage {
            calls: calls.into_iter().map(|call| v1::read(http, call)).collect(),
            total: integer(metadata, &["Total"]),
            next: metadata
                .get("NextPageUri")
                .and_then(Value::as_str)
                .and_then(cursor)
                .filter(|next| self.after.as_ref() != Some(next)),
        })
    }
}

/// The `After` of a page's address. The address itself is not followed: credentials go to the configured host only.
fn cursor(uri: &str) -> Option<String> {
    let (_, query) = uri.split_once('?')?;
    let (_, after) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "After")?;
    (!after.is_empty()).then(|| after.into_owned())
}
