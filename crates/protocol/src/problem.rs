//! A refusal.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// Why a request was refused, for people and for programs. The body of every answer that is not 2xx.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A word that never changes once released, such as `not_signed_in`.
    pub code: String,
    /// What happened and what to do, one or two sentences.
    pub message: String,
    /// The field that is wrong, if one is.
    #[serde(default)]
    pub field: Option<String>,
    /// The vendor's own words, if the vendor refused.
    #[serde(default)]
    pub vendor: Option<String>,
    /// Seconds after which another try makes sense.
    #[serde(default)]
    pub retry_after: Option<u32>,
    /// Who changed it meanwhile, with the code `changed_meanwhile`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Box<Changed>>,
    /// What stands instead, with the code `logged_meanwhile`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<String>,
}

/// Who changed something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Which account; empty if it was not done here.
    pub by: String,
    /// When; 0 if it was not done here.
    pub at: Millis,
}
