//! A batch of writes, as one transaction.

use std::collections::HashSet;

use super::super::begin;
use super::{Sql, allocations, calls, deliveries, log};
use crate::store::plan::{self, Plan};
use crate::store::{Kept, Write, Written};

/// See [`crate::store::Store::commit`].
pub(super) async fn commit(db: &Sql, writes: &[Write]) -> Kept<Vec<Written>> {
    let mut tx = begin(&db.write).await?;
    let mut new_keys = deliveries::insert(&mut tx, writes).await?;
    let fresh: Vec<bool> = writes
        .iter()
        .map(|write| is_fresh(write, &mut new_keys))
        .collect();
    let kept = || {
        writes
            .iter()
            .zip(&fresh)
            .filter(|(_, fresh)| **fresh)
            .map(|(write, _)| write)
    };
    if kept().next().is_none() {
        return Ok(vec![Written::Repeated; writes.len()]);
    }
    let known = calls::load(&mut tx, &plan::sids(kept())).await?;
    let mut plan = Plan::new(log::last(&mut tx).await?, known);
    let mut written = Vec::with_capacity(writes.len());
    for (write, fresh) in writes.iter().zip(&fresh) {
        written.push(if *fresh {
            plan.apply(write)
        } else {
            Written::Repeated
        });
        if let (true, Some(news)) = (*fresh, &write.allocation) {
            allocations::hear(&mut tx, news, write.at).await?;
        }
    }
    calls::save(&mut tx, &plan).await?;
    log::append(&mut tx, &plan.events).await?;
    tx.commit().await?;
    if !plan.events.is_empty() {
        db.tell();
    }
    Ok(written)
}

/// The first write with a new key is fresh, a second one in the same batch is a repeat like any other.
fn is_fresh(write: &Write, new_keys: &mut HashSet<String>) -> bool {
    let Some(delivery) = &write.delivery else {
        return true;
    };
    new_keys.remove(&deliveries::key(delivery))
}
