//! Changing several allocations at once.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Allocation, AllocationChange, Envelope, draft};
use crate::config::GreenPinApi;
use crate::lenient::{self, More};
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
    /// The allocation as it is now, or why it was not changed, or that its item cannot be read.
    pub items: Vec<Result<Allocation, ApiError>>,
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
        let (envelope, mut body) = Envelope::open(answer)?;
        let items = match body.get_mut("response").map(Value::take) {
            Some(Value::Array(items)) if !items.is_empty() => items,
            Some(item @ Value::Object(_)) => vec![item],
            _ => return Err(ApiError::unreadable(http, "a bulk answer without items")),
        };
        // What an item says of itself must not hide that the others were changed.
        let allocated = |item: &Value| Envelope::of(http, item, None)?.allocated(http);
        Ok(BulkUpdated {
            request_id: envelope.request_id,
            metadata: body
                .get("metadata")
                .and_then(|counts| BulkMetadata::deserialize(counts).ok())
                .unwrap_or_default(),
            items: items.iter().map(allocated).collect(),
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
