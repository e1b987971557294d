//! The part of writing that requests and responses share.

use super::Headers;
use crate::scan::number_into;

/// Appends the headers, the one true Content-Length, and the empty line.
pub(super) fn headers(out: &mut String, headers: &Headers, body_length: usize) {
    out.push_str(headers.as_text());
    out.push_str("Content-Length: ");
    number_into(out, body_length as u64);
    out.push_str("\r\n\r\n");
}
