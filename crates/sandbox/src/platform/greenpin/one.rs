//! One allocation, read or given back.

use exotel::Timestamp;
use exotel::greenpin::{AllocationState, GreenPinCode};
use sip::Instant;

use super::super::{Ask, No, Platform, Quirk, Yes};
use super::allocations::{describe, find};
use super::{create, refuse};

/// `GET /greenpin/{id}`: one that was given back is in the `vault`.
///
/// No search is documented, but two of its errors are: a filter is refused, and so is a range that ends too early.
pub(super) fn get(platform: &mut Platform, _: Instant, ask: &Ask) -> Result<Yes, No> {
    let tenant = super::tenant(platform, ask)?;
    if let Some((from, to)) = ask.in_query("from").zip(ask.in_query("to")) {
        let time = |text: &str| Timestamp::as_given(text).unix_ms_in(0);
        return Err(refuse(match time(from).zip(time(to)) {
            Some((from, to)) if from <= to => GreenPinCode::UnsupportedFilter,
            Some(_) | None => GreenPinCode::InvalidDateRange,
        }));
    }
    if !ask.query.is_empty() {
        return Err(refuse(GreenPinCode::UnsupportedFilter));
    }
    let id = ask.in_path("id");
    find(platform, &tenant, id)?;
    create::shown(platform, id)
}

/// `DELETE /greenpin/{id}`
pub(super) fn delete(platform: &mut Platform, _: Instant, ask: &Ask) -> Result<Yes, No> {
    let tenant = super::tenant(platform, ask)?;
    let id = ask.in_path("id");
    if find(platform, &tenant, id)?.deleted {
        return Err(refuse(GreenPinCode::AlreadyDeleted));
    }
    platform.give_back(id);
    let mut was = find(platform, &tenant, id)?.allocation.clone();
    if platform.quirks.has(Quirk::DeletedShowsActive) {
        was.state = AllocationState::Active;
    }
    Ok(Yes::Done(describe(&platform.quirks, &was)))
}
