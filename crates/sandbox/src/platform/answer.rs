//! What the platform says to a request, before and after an API has wrapped it.

use serde_json::Value;

/// A success. Each API has its own wrapping for it.
#[derive(Debug)]
pub(crate) enum Yes {
    /// One record, or whatever stands in its place.
    Done(Value),
    /// Several items, each of which succeeds or fails.
    Many {
        /// 207, or 200 where nothing can fail.
        status: u16,
        metadata: Value,
        items: Vec<Value>,
    },
    /// Exactly this in the place of the record and what is around it.
    Odd(Value),
    /// 204.
    Nothing,
}

/// A refusal. Each API has its own wrapping for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct No {
    pub(crate) status: u16,
    /// The vendor's own number, where it has one.
    pub(crate) code: Option<i64>,
    pub(crate) words: String,
}

impl No {
    pub(crate) fn new(status: u16, words: impl Into<String>) -> Self {
        Self {
            status,
            code: None,
            words: words.into(),
        }
    }

    /// 400.
    pub(crate) fn bad(words: impl Into<String>) -> Self {
        Self::new(400, words)
    }

    /// 401.
    pub(crate) fn unauthorized(words: impl Into<String>) -> Self {
        Self::new(401, words)
    }

    /// 404.
    pub(crate) fn not_found(words: impl Into<String>) -> Self {
        Self::new(404, words)
    }

    /// With the vendor's number.
    pub(crate) fn coded(self, code: i64) -> Self {
        Self {
            code: Some(code),
            ..self
        }
    }
}

/// A finished answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// JSON; none with 204.
    pub(crate) body: Option<Value>,
}

impl Reply {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Some(body),
        }
    }
}
