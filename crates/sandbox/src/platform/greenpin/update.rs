//! Changes to allocations, one by one or several at once.

use exotel::greenpin::{AllocationChange, BulkChange, GreenPinCode, Side};
use serde_json::{Value, json};
use sip::Instant;

use super::super::records::Held;
use super::super::wrapping;
use super::super::{Ask, No, Platform, Yes};
use super::allocations::{describe, find};
use super::{because, create, parties, pins, refuse};

/// The most in one request. The vendor names a code for too many, and no number.
const MOST: usize = 100;

/// `PUT /greenpin/{id}`
pub(super) fn one(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let tenant = super::tenant(platform, ask)?;
    let id = ask.in_path("id").to_owned();
    find(platform, &tenant, &id)?;
    let change: AllocationChange = create::read(ask)?;
    apply(platform, now, &tenant, &id, change)?;
    create::shown(platform, &id)
}

/// `PUT /greenpin`: what can be changed is changed.
pub(super) fn bulk(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let tenant = super::tenant(platform, ask)?;
    let body: Value = create::read(ask)?;
    let Some(items) = body
        .get("greenpins")
        .and_then(Value::as_array)
        .filter(|items| !items.is_empty())
    else {
        return Err(because(GreenPinCode::MissingParameter, "greenpins"));
    };
    if items.len() > MOST {
        return Err(refuse(GreenPinCode::TooManyInBulk));
    }
    let results: Vec<_> = items
        .iter()
        .map(|item| apply_item(platform, now, &tenant, item))
        .collect();
    let failed = results.iter().filter(|result| result.is_err()).count();
    let total = results.len();
    let items = results.into_iter().map(|result| match result {
        Ok(allocation) => wrapping::allocation(&allocation),
        Err(no) => wrapping::greenpin_refusal(&no),
    });
    Ok(Yes::Many {
        status: 207,
        items: items.collect(),
        metadata: json!({ "failed": failed, "total": total, "success": total - failed }),
    })
}

fn apply_item(platform: &mut Platform, now: Instant, tenant: &str, item: &Value) -> Result<Value, No> {
    let item: BulkChange =
        serde_json::from_value(item.clone()).map_err(|why| because(GreenPinCode::BadParameter, why))?;
    if item.greenpin_id.is_empty() {
        return Err(because(GreenPinCode::MissingParameter, "greenpin_id"));
    }
    let held = find(platform, tenant, &item.greenpin_id)?;
    // The only place where both ids are given, and so where they can disagree.
    if !item.transaction_id.is_empty() && item.transaction_id != held.allocation.transaction_id {
        return Err(refuse(GreenPinCode::MappingNotFound));
    }
    apply(platform, now, tenant, &item.greenpin_id, item.change)?;
    let held = find(platform, tenant, &item.greenpin_id)?;
    Ok(describe(&platform.quirks, &held.allocation))
}

fn apply(
    platform: &mut Platform,
    now: Instant,
    tenant: &str,
    id: &str,
    change: AllocationChange,
) -> Result<(), No> {
    let held = find(platform, tenant, id)?;
    if held.deleted {
        return Err(refuse(GreenPinCode::AlreadyDeleted));
    }
    if change == AllocationChange::default() {
        return Err(because(
            GreenPinCode::BadParameter,
            "at least one of a, b, usage and deallocation_policy",
        ));
    }
    let mut wanted = held.allocation.clone();
    let mut ends = held.ends;
    if let Some(policy) = &change.deallocation_policy {
        ends = platform.wall(now).saturating_add(create::life(Some(policy))?);
    }
    if change.usage.is_some() {
        wanted.usage = create::usage(change.usage)?;
    }
    for (name, side, asked) in [("a", &mut wanted.a, &change.a), ("b", &mut wanted.b, &change.b)] {
        let new = parties::party(name, asked)?;
        if !new.numbers.is_empty() {
            side.numbers = new.numbers;
        }
        if !new.vns.is_empty() {
            side.vns = new.vns;
        }
    }
    parties::join(&mut wanted)?;
    let given = [change.a.pin.as_ref(), change.b.pin.as_ref()];
    let people = |side: &Side| !side.numbers.is_empty() || !side.vns.is_empty();
    if people(&change.a) || people(&change.b) {
        parties::clash(platform, tenant, &wanted, given)?;
    }
    pins::settle(platform, tenant, &mut wanted, given)?;
    platform.hold(Held {
        tenant: tenant.to_owned(),
        allocation: wanted,
        ends,
        deleted: false,
    });
    Ok(())
}
