//! Why a webhook could not be read.

use std::fmt;

use super::HookKind;

/// Why the bytes of a webhook gave no [`Hook`](super::Hook).
///
/// No variant carries a value from the request: these texts may be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HookError {
    /// The body or the query is longer than [`MAX_BYTES`](super::MAX_BYTES).
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
    },
    /// JSON nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
    /// A body that starts like JSON, or is declared as JSON, and is not.
    Json {
        /// Line of the first offence, from 1.
        line: usize,
        /// Column of the first offence, from 1.
        column: usize,
    },
    /// JSON whose outermost value is no object.
    NotAnObject,
    /// A multipart body without a usable boundary.
    Multipart,
    /// Neither the body nor the query has a field.
    Empty,
    /// The field that tells what the webhook is about is absent or empty.
    Missing {
        /// What was being read.
        kind: HookKind,
        /// The field as the vendor spells it.
        field: &'static str,
    },
    /// A field holds something no reader of ours accepts.
    Shape {
        /// What was being read.
        kind: HookKind,
    },
}

impl HookError {
    /// The HTTP status that says this to the sender: 413 for a size, 400 for the rest.
    ///
    /// The platform retries whatever is not 200, twice, with the same bytes.
    pub fn status(&self) -> u16 {
        match self {
            Self::TooLarge { .. } => 413,
            Self::TooDeep
            | Self::Json { .. }
            | Self::NotAnObject
            | Self::Multipart
            | Self::Empty
            | Self::Missing { .. }
            | Self::Shape { .. } => 400,
        }
    }
}

impl fmt::Display for HookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes } => write!(
                f,
                "the webhook is {bytes} bytes long; more than {} are not read",
                super::MAX_BYTES
            ),
            Self::TooDeep => write!(
                f,
                "the webhook's JSON nests deeper than {} levels",
                super::MAX_DEPTH
            ),
            Self::Json { line, column } => write!(
                f,
                "the webhook's body is no JSON from line {line}, column {column}; check the sender's content type"
            ),
            Self::NotAnObject => f.write_str("the webhook's JSON must be an object of named fields"),
            Self::Multipart => {
                f.write_str("the webhook's multipart body names no boundary that occurs in it")
            }
            Self::Empty => f.write_str("the webhook has no field, neither in its body nor in its query"),
            Self::Shape { kind } => write!(f, "a field of a {kind} webhook cannot be read"),
            Self::Missing { kind, field } => write!(
                f,
                "a {kind} webhook needs {field}; check that its URL is set for this kind of webhook"
            ),
        }
    }
}

impl std::error::Error for HookError {}
