//! Why the server refused.

use super::Json;

/// A refusal (`protocol::problem::Problem`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The word for programs.
    pub code: String,
    /// A sentence for people.
    pub message: String,
    /// The vendor's own words, if the vendor refused.
    pub vendor: Option<String>,
}

impl Problem {
    /// `None` if the body is none of ours.
    pub fn read(json: &impl Json) -> Option<Self> {
        Some(Self {
            code: json.text("code")?,
            message: json.text("message")?,
            vendor: json.text("vendor").filter(|words| !words.is_empty()),
        })
    }
}
