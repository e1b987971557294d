//! Why the vendor's answer is not there, and what may have happened all the same.

use std::fmt;

use exotel::error::Kind;
use exotel::{ApiError, Invalid};

/// What came of a request. Holds no secret and no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VendorError {
    /// It breaks a documented rule. Nothing was sent.
    Invalid(Invalid),
    /// No answer came.
    Unreachable {
        /// Whether the request may have arrived.
        sent: bool,
        /// What broke.
        why: Broken,
    },
    /// The vendor refused, or said something unreadable.
    Api(ApiError),
    /// There is nothing to sign with. Nothing was sent.
    NoCredential(NoCredential),
    /// This server has asked enough for this minute. Nothing was sent.
    Busy {
        /// Seconds until there is room.
        retry_after: u32,
    },
}

/// What broke between the vendor and us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// No connection: the name, the network, the certificate.
    Connection,
    /// No answer in time.
    Silence,
    /// The connection ended before the answer did.
    Cut,
    /// The answer is longer than anything documented.
    TooLong,
    /// This machine has no certificate authorities to trust, or the address is none.
    Setup,
}

/// Why there is nothing to sign with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoCredential {
    /// The configuration has none; the words name its key.
    NotConfigured(&'static str),
    /// The vendor gave no token.
    NoToken(Box<VendorError>),
}

impl VendorError {
    /// Whether what was asked for may have taken place: a phone may ring. Look before trying again.
    pub fn outcome_is_unknown(&self) -> bool {
        match self {
            Self::Unreachable { sent, .. } => *sent,
            Self::Api(error) => error.outcome_is_unknown(),
            Self::Invalid(_) | Self::NoCredential(_) | Self::Busy { .. } => false,
        }
    }

    /// Whether what was asked for does not exist.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Api(error) if error.is_not_found())
    }

    /// The sort of the vendor's no, if it said no.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Api(error) => error.refusal().map(|refusal| refusal.kind),
            Self::Invalid(_) | Self::Unreachable { .. } | Self::NoCredential(_) | Self::Busy { .. } => None,
        }
    }

    /// The vendor's own words, if it had any.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error
                .refusal()
                .map(|refusal| refusal.words.as_str())
                .filter(|words| !words.is_empty()),
            Self::Invalid(_) | Self::Unreachable { .. } | Self::NoCredential(_) | Self::Busy { .. } => None,
        }
    }

    /// Seconds to wait before another try, if that is known.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Api(error) => error
                .refusal()
                .and_then(|refusal| refusal.retry_after)
                .map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX)),
            Self::Busy { retry_after } => Some(*retry_after),
            Self::Invalid(_) | Self::Unreachable { .. } | Self::NoCredential(_) => None,
        }
    }

    /// In a word, for figures and records.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::Unreachable { sent: false, .. } => "unreachable",
            Self::Unreachable { sent: true, .. } => "no_answer",
            Self::Api(ApiError::Refused(refusal)) => match refusal.kind {
                Kind::Server => "failed",
                Kind::RateLimited => "rate_limited",
                Kind::Unauthorized => "unauthorized",
                Kind::NotFound => "not_found",
                Kind::BadRequest
                | Kind::Forbidden
                | Kind::Conflict
                | Kind::Gone
                | Kind::TooLarge
                | Kind::AgentBusy
                | Kind::Other => "refused",
            },
            Self::Api(ApiError::Unreadable(_)) => "unreadable",
            Self::NoCredential(_) => "no_credential",
            Self::Busy { .. } => "busy",
        }
    }
}

impl From<Invalid> for VendorError {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<ApiError> for VendorError {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connection => "no connection could be made",
            Self::Silence => "no answer came in time",
            Self::Cut => "the connection broke before the answer was whole",
            Self::TooLong => "the answer is longer than 4 MiB",
            Self::Setup => "this machine trusts no certificate authority (install ca-certificates)",
        })
    }
}

/// For logs: without the vendor's own words, which may hold a number.
impl fmt::Display for VendorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => invalid.fmt(f),
            Self::Unreachable { why, .. } => why.fmt(f),
            Self::Api(ApiError::Refused(refusal)) => {
                write!(f, "the vendor refused with HTTP status {}", refusal.http)
            }
            Self::Api(error @ ApiError::Unreadable(_)) => error.fmt(f),
            Self::NoCredential(NoCredential::NotConfigured(key)) => {
                write!(f, "`{key}` is not set in the configuration")
            }
            Self::NoCredential(NoCredential::NoToken(why)) => write!(f, "there is no token: {why}"),
            Self::Busy { retry_after } => {
                write!(f, "this minute's requests are used up; {retry_after} s are left")
            }
        }
    }
}

impl std::error::Error for VendorError {}
