//! What the platform sends to the customer, and what dial-whom wants back.
//!
//! [`parse`] reads a request's query and body as JSON, as a form or as a query, whatever its content type claims, into
//! a [`Hook`]. No webhook is signed: the receiver puts a secret into the URL. It answers 200 at once (15 seconds are
//! allowed, then two retries), drops what it has seen ([`Hook::dedup_key`]) and never reopens a terminal call.
//!
//! Names are matched without regard to case, `_` and `-`, so the newer snake_case payloads (`event: "incoming_call"`)
//! are read where their names are otherwise the same. Whatever has no field of its own is kept in `more`.
//!
//! ```
//! use exotel::hooks::{self, Hook, HookKind};
//!
//! let body = br#"{"CallSid":"7bea","Direction":"outbound","CallState":"terminal","TotalDuration":"10"}"#;
//! let Hook::Callback(notice) = hooks::parse(HookKind::Callback, Some("text/plain"), "", body)? else { panic!() };
//! assert!(notice.is_over());
//! assert_eq!(notice.total_duration, Some(10));
//! # Ok::<(), exotel::hooks::HookError>(())
//! ```

mod body;
mod brackets;
mod call_notice;
mod custom_field;
mod dedup;
mod dial_whom;
mod dial_whom_answer;
mod error;
mod fields;
mod greenpin_call;
mod greenpin_deallocated;
mod hook;
mod kind;
mod multipart;
mod operations;
mod passthru;
mod payload;
mod push;
mod status_callback;
mod words;

pub use crate::call_words::{CallState, CallStatus};
pub use body::fields;
pub use call_notice::CallNotice;
pub use custom_field::{CustomField, InvalidCustomField};
pub use dedup::DedupKey;
pub use dial_whom::DialWhom;
pub use dial_whom_answer::{Destination, DialWhomAnswer, DialWhomFailure};
pub use error::HookError;
pub use fields::Fields;
pub use greenpin_call::{GreenPinCall, GreenPinVerificationFailed, GreenPinVerified};
pub use greenpin_deallocated::GreenPinDeallocated;
pub use hook::Hook;
pub use kind::{HookKind, UnknownKind, guess_kind};
pub use operations::OPERATIONS;
pub use passthru::Passthru;
pub use push::PushNotification;
pub use status_callback::{EventType, Leg, StatusCallback};
pub use words::{CallDetail, CallType, Direction, NoticeStatus};

/// The longest body, and the longest query, that is read: 64 KiB.
pub const MAX_BYTES: usize = 64 * 1024;

/// The deepest JSON that is read, in nested objects and arrays. The platform's own needs three.
pub const MAX_DEPTH: usize = 32;

/// Reads a webhook whose `kind` its URL has told (or [`guess_kind`]).
///
/// `content_type` is the header's value, `query` the part of the URL after `?`. The query counts only if the body has
/// no field, so parameters of the customer's own never pass for the platform's.
///
/// # Errors
/// [`HookError`] for what is too large, too deep, no text of any of the shapes, or about nothing.
pub fn parse(
    kind: HookKind,
    content_type: Option<&str>,
    query: &str,
    body: &[u8],
) -> Result<Hook, HookError> {
    Hook::read(kind, fields(content_type, query, body)?)
}
