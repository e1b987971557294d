//! Changing several allocations at once.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{Allocation, AllocationChange, Envelope, draft};
use crate::config::GreenPinApi;
use crate::error::Refusal;
use crate::lenient::{self, More};
use crate::refusal::retry_after;
use crate::{ApiError, Endpoint, GreenPinLogin, Invalid};

/// `PUT /greenpin`
///
/// Seed: greenpin-api, Bulk Update GreenPin Allocations (beta). What can be changed is changed, even if another item
/// is refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkUpdateAllocations {
    /// The changes, one per allocation. The most is not documented; code 17 says it was exceeded.
    pub greenpins: Vec<BulkChange>,
}

/// One allocation's change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkChange {
    /// The allocation's id.
    #[serde(deserialize_with = "lenient::text")]
    pub greenpin_id: String,
    /// Not needed; one sample has it in one item.
    #[serde(deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub transaction_id: String,
    /// What to change.
    #[serde(flatten)]
    pub change: AllocationChange,
}

/// How each change went, in the order of the request.
#[derive(Clone, Debug, PartialEq)]
pub struct BulkUpdated {
    /// The platform's id of the request, for its support.
    pub request_id: Option<String>,
    /// The platform's own count.
    pub metadata: BulkMetadata,
    /// The allocation as it is now, or why it was not changed.
    pub items: Vec<Result<Allocation, Refusal>>,
}

/// The counts of a bulk answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkMetadata {
    /// Items refused.
    #[serde(deserialize_with = "lenient::int")]
    pub failed: Option<i64>,
    /// Items asked for.
    #[serde(deserialize_with = "lenient::int")]
    pub total: Option<i64>,
    /// Items changed.
    #[serde(deserialize_with = "lenient::int")]
    pub success: Option<i64>,
}

/// A bulk answer on the wire.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkEnvelope {
    /// The platform's id of the request.
    #[serde(deserialize_with = "lenient::text_option")]
    pub request_id: Option<String>,
    /// The HTTP method, echoed.
    #[serde(deserialize_with = "lenient::text")]
    pub method: String,
    /// 207: see each item.
    #[serde(deserialize_with = "lenient::int")]
    pub http_code: Option<i64>,
    /// The counts.
    pub metadata: BulkMetadata,
    /// One per change.
    #[serde(deserialize_with = "lenient::list")]
    pub response: Vec<Envelope>,
    /// Fields nobody documented.
    #[serde(flatten)]
    pub more: More,
}

impl Endpoint for BulkUpdateAllocations {
    type Config = GreenPinApi;
    type Credential = GreenPinLogin;
    type Response = BulkUpdated;

    fn request(&self, config: &GreenPinApi, login: &GreenPinLogin) -> Result<Request<Vec<u8>>, Invalid> {
        self.check()?;
        draft(Method::PUT, config, login)?.json(self)?.finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<BulkUpdated, ApiError> {
        let http = answer.status().as_u16();
        // A request refused as a whole comes in the single envelope.
        if let Some(refusal) = Envelope::read(answer)?.refused(http, retry_after(answer)) {
            return Err(refusal.into());
        }
        let bulk: BulkEnvelope = serde_json::from_slice(answer.body()).map_err(|error| {
            ApiError::unreadable(http, format!("no bulk answer ({:?} error)", error.classify()))
        })?;
        if bulk.response.is_empty() {
            return Err(ApiError::unreadable(http, "a bulk answer without items"));
        }
        let item = |mut item: Envelope| match item.refused(http, None) {
            Some(refusal) => Ok(Err(refusal)),
            None => item
                .data
                .take()
                .map(Ok)
                .ok_or_else(|| ApiError::unreadable(http, "an item without data")),
        };
        Ok(BulkUpdated {
            request_id: bulk.request_id,
            metadata: bulk.metadata,
            items: bulk.response.into_iter().map(item).collect::<Result<_, _>>()?,
        })
    }
}

impl BulkUpdateAllocations {
    /// The documented rules, per item.
    ///
    /// # Errors
    /// [`Invalid`] names the first one broken, and where.
    pub fn check(&self) -> Result<(), Invalid> {
        if self.greenpins.is_empty() {
            return Err(Invalid::new(
                "greenpins",
                "A bulk update names at least one allocation.",
            ));
        }
        for (index, item) in self.greenpins.iter().enumerate() {
            if item.greenpin_id.is_empty() {
                return Err(
                    Invalid::new("greenpin_id", "An allocation's id is needed.").at("greenpins", index)
                );
            }
            item.change
                .check()
                .map_err(|inner| inner.at("greenpins", index))?;
        }
        Ok(())
    }
}
