//! Subscribers page by page, the newest first. A page names its neighbours by address; there is no total.

use exotel::subscribers::SubscriberStatus;
use serde_json::json;
use sip::Instant;

use super::super::wrapping::item;
use super::super::{Ask, No, Platform, Quirk, Yes};

/// `GET /subscribers`
pub(super) fn list(platform: &mut Platform, _: Instant, ask: &Ask) -> Result<Yes, No> {
    let sid = super::account(platform, ask)?;
    let status = match ask.in_query("status").map(SubscriberStatus::from) {
        Some(SubscriberStatus::Other(_)) => return Err(No::bad("status is active or inactive")),
        status => status,
    };
    let size = ask.number("page_size", 100, 1..=100)?;
    let offset = ask.number("offset", 0, 0..=u64::MAX)?;
    let all = platform.records.subscribers.get(&sid);
    let mut found: Vec<_> = all
        .into_iter()
        .flat_map(|all| all.values())
        .filter(|subscriber| {
            status
                .as_ref()
                .is_none_or(|status| subscriber.record.status == *status)
        })
        .collect();
    found.sort_by_key(|subscriber| std::cmp::Reverse(subscriber.no));
    let index = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let items = found.iter().skip(index(offset)).take(index(size));
    let items = items.map(|subscriber| item(&json!(subscriber.record))).collect();

    let end = offset.saturating_add(size);
    let has_next = index(end) < found.len() || platform.quirks.has(Quirk::PagesNeverEnd);
    let host = match platform.quirks.has(Quirk::PageHosts) {
        true => ask.origin.as_str(),
        false => "",
    };
    let uri = |offset: u64| {
        let status = status.as_ref().map(|status| format!("&status={status}"));
        let status = status.unwrap_or_default();
        format!("{host}/v2/accounts/{sid}/subscribers?offset={offset}&page_size={size}{status}")
    };
    let metadata = json!({
        "prev_page_uri": (offset > 0).then(|| uri(offset.saturating_sub(size))),
        "next_page_uri": has_next.then(|| uri(end)),
        "first_page_uri": uri(0),
    });
    Ok(Yes::Many {
        status: 200,
        metadata,
        items,
    })
}
