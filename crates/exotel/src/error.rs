//! Which error where.
//!
//! - [`Invalid`]: our own request breaks a documented rule. Nothing was sent; show the sentence beside the field.
//! - [`ApiError::Refused`]: the platform read the request and said no. [`Refusal`] keeps its words and its codes.
//! - [`ApiError::Unreadable`]: the answer is not what is documented. Whether the operation took place is unknown.
//!
//! A client adds its own error for a connection that broke; that outcome is unknown too.

use std::borrow::Cow;
use std::fmt;

pub use crate::refusal::{Kind, Refusal};

/// A rule that a request breaks, found before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The field's name on the wire, with its place if it is in a list: `subscribers[2].subscriber_name`.
    pub field: Cow<'static, str>,
    /// The rule, one sentence. Never quotes the value.
    pub rule: Cow<'static, str>,
}

impl Invalid {
    /// `field` breaks `rule`.
    pub fn new(field: impl Into<Cow<'static, str>>, rule: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field: field.into(),
            rule: rule.into(),
        }
    }

    /// The same, inside element `index` of the list `name`.
    #[must_use]
    pub fn at(self, name: &str, index: usize) -> Self {
        Self {
            field: format!("{name}[{index}].{}", self.field).into(),
            rule: self.rule,
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.rule)
    }
}

impl std::error::Error for Invalid {}

/// Why an answer is no success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The platform refused, in words of its own.
    Refused(Box<Refusal>),
    /// The answer cannot be read.
    Unreadable(Unreadable),
}

/// An answer that claims success and is not of the documented shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The HTTP status.
    pub http: u16,
    /// What was expected and where reading stopped. Holds no text of the body, which may be secret.
    pub what: String,
}

impl ApiError {
    /// An answer with HTTP status `http` in which `what` is wrong.
    pub fn unreadable(http: u16, what: impl Into<String>) -> Self {
        Self::Unreadable(Unreadable {
            http,
            what: what.into(),
        })
    }

    /// The refusal, if it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Unreadable(_) => None,
        }
    }

    /// Whether what was asked for does not exist.
    pub fn is_not_found(&self) -> bool {
        self.refusal()
            .is_some_and(|refusal| refusal.kind == Kind::NotFound)
    }

    /// Whether the operation may have taken place all the same: a phone may ring, a user may exist. Look before
    /// trying again.
    pub fn outcome_is_unknown(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.kind == Kind::Server,
            Self::Unreadable(_) => true,
        }
    }

    /// What to do now, one sentence.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.kind.advice(),
            Self::Unreadable(_) => "Check whether the operation took place before trying again.",
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Unreadable(answer) => {
                write!(
                    f,
                    "the answer with HTTP status {} cannot be read: {}",
                    answer.http, answer.what
                )
            }
        }
    }
}

impl std::error::Error for ApiError {}
