//! Several calls at once, version 1.

use serde_json::{Value, json};
use sip::Instant;

use super::super::{Ask, CallRecord, No, Platform, Yes};
use super::get::{describe_v1, is_settled};

/// `GET /Accounts/{sid}/Calls.json`: those asked for that are over, the latest first, page by page.
pub(super) fn v1(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let tenant = &platform.account_of(ask, ask.in_path("sid"))?.sid;
    let page_size = usize::try_from(ask.number("PageSize", 50, 1..=100)?).unwrap_or(50);
    let skipped = usize::try_from(ask.number("After", 0, 0..=u64::MAX)?).unwrap_or(usize::MAX);
    let wanted: Option<Vec<&str>> = ask.in_query("Sid").map(|sids| sids.split(',').collect());
    if wanted.as_ref().is_some_and(|sids| sids.len() > 100) {
        return Err(No::bad("At most 100 Sids are allowed"));
    }
    let is_wanted = |call: &&CallRecord| {
        call.tenant == *tenant
            && !call.is_live()
            && wanted
                .as_ref()
                .is_none_or(|sids| sids.contains(&call.sid.as_str()))
    };
    let calls: Vec<_> = platform.records.calls.latest().filter(is_wanted).collect();
    let details = matches!(ask.in_query("details"), Some("true" | "1"));
    let wall = platform.wall(now);
    let page: Vec<Value> = calls
        .iter()
        .skip(skipped)
        .take(page_size)
        .map(|call| describe_v1(call, is_settled(platform, call, wall), details))
        .collect();
    let end = skipped.saturating_add(page_size);
    let uri = |after: usize| format!("/v1/Accounts/{tenant}/Calls.json?PageSize={page_size}&After={after}");
    Ok(Yes::Done(json!({
        "Metadata": {
            "Total": calls.len(),
            "PageSize": page_size,
            "FirstPageUri": uri(0),
            "PrevPageUri": null,
            "NextPageUri": (end < calls.len()).then(|| uri(end)),
        },
        "Calls": page,
    })))
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::super::super::Direction;
    use super::*;

    #[test]
    fn calls_that_are_over_come_page_by_page() {
        const SID: &str = "exoteldemo";
        let mut platform = Platform::demo(&[], [9; 32], 1_790_000_000_000);
        for (sid, ended) in [("c1", Some(1)), ("c2", Some(2)), ("c3", Some(3)), ("live", None)] {
            let begun = CallRecord::begin(sid.to_owned(), SID.to_owned(), Direction::Inbound, 0);
            platform.records.calls.insert(CallRecord { ended, ..begun });
        }
        let tenant = &platform.records.tenants[SID];
        let pair = [tenant.api_key.reveal(), ":", tenant.api_token.reveal()].concat();
        let basic = base64::engine::general_purpose::STANDARD.encode(pair);
        let mut page = |after: &str| {
            let ask = Ask {
                authorization: Some(format!("Basic {basic}")),
                path: vec![("sid".to_owned(), SID.to_owned())],
                query: [("Sid", "c3,c1,live,c2"), ("PageSize", "2"), ("After", after)]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .to_vec(),
                ..Ask::default()
            };
            let Ok(Yes::Done(said)) = v1(&mut platform, Instant(0), &ask) else {
                panic!("no page")
            };
            said
        };
        let (first, second) = (page("0"), page("2"));
        assert_eq!(first["Metadata"]["Total"], 3);
        let next = first["Metadata"]["NextPageUri"].as_str().unwrap_or_default();
        assert!(next.ends_with("&After=2"), "{next}");
        assert_eq!(
            (&first["Calls"][0]["Sid"], &second["Calls"][0]["Sid"]),
            (&json!("c3"), &json!("c1"))
        );
        assert!(second["Metadata"]["NextPageUri"].is_null());
    }
}
