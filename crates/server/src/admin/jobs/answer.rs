//! What the vendor's answer means for a row, and for the job.

use exotel::ApiError;
use exotel::error::Kind;
use protocol::admin::jobs::RowState;

use crate::Refused;
use crate::store::StoredRow;
use crate::vendor::VendorError;

/// What an error is about.
pub(super) enum About {
    /// These rows: the vendor read them and said no.
    Rows,
    /// One of these rows exists already.
    Exists,
    /// Nothing was done; later it may work.
    Later,
    /// It may have been done.
    Unknown,
    /// Every further batch would fail the same way: the sentence for the admin.
    Job(String),
}

/// Sorts an error.
pub(super) fn about(error: &VendorError) -> About {
    match error {
        VendorError::Invalid(_) => About::Rows,
        VendorError::Unreachable { sent: false, .. } | VendorError::Busy { .. } => About::Later,
        VendorError::Unreachable { sent: true, .. } | VendorError::Api(ApiError::Unreadable(_)) => {
            About::Unknown
        }
        VendorError::NoCredential(_) => About::Job(Refused::from(error.clone()).problem.message),
        VendorError::Api(ApiError::Refused(refusal)) => match refusal.kind {
            Kind::Server => About::Unknown,
            Kind::RateLimited => About::Later,
            Kind::Unauthorized | Kind::Forbidden => About::Job(Refused::from(error.clone()).problem.message),
            Kind::Conflict => About::Exists,
            Kind::BadRequest
            | Kind::NotFound
            | Kind::Gone
            | Kind::TooLarge
            | Kind::AgentBusy
            | Kind::Other => About::Rows,
        },
    }
}

/// The row, to be sent.
pub(super) fn ready(row: StoredRow) -> StoredRow {
    settled(row, RowState::Ready, "")
}

/// The row, added.
pub(super) fn added(row: StoredRow) -> StoredRow {
    settled(row, RowState::Added, "")
}

/// The row, which was there before.
pub(super) fn was_there(row: StoredRow) -> StoredRow {
    settled(row, RowState::WasThere, "")
}

/// The row, sent and not answered.
pub(super) fn unknown(row: StoredRow) -> StoredRow {
    let message = "It was sent, and no answer came. It is looked up before it is sent again.";
    settled(row, RowState::Unknown, message)
}

/// The row, refused for a reason of our own.
pub(super) fn failed(row: StoredRow, message: &str) -> StoredRow {
    settled(row, RowState::Failed, message)
}

/// The row, refused by the vendor.
pub(super) fn refused(row: StoredRow, error: &VendorError) -> StoredRow {
    let problem = Refused::from(error.clone()).problem;
    StoredRow {
        field: problem.field,
        message: format!("{} Then add the row anew.", problem.message),
        vendor: problem.vendor,
        ..failed(row, "")
    }
}

fn settled(row: StoredRow, state: RowState, message: &str) -> StoredRow {
    StoredRow {
        state,
        field: None,
        message: message.to_owned(),
        vendor: None,
        ..row
    }
}
