//! One pass over the calls that are not settled.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use exotel::call_details::{Call, ListCalls};
use exotel::error::Kind;
use futures_util::future::join_all;
use protocol::Millis;

use super::{millis, renewed};
use crate::App;
use crate::calls::{Facts, of_details, of_silence};
use crate::store::{StoreError, Write, Written};
use crate::vendor::VendorError;

/// Ids in one request; the vendor's page advises no more.
const TOGETHER: usize = 20;
/// Ids taken from the queue at a time.
const HANDFUL: u32 = 100;
/// Pages of one answer that are followed. All ids fit on one.
const PAGES: usize = 5;
/// A call that the platform has not listed for so long will not be listed any more: none lasts longer than 4 hours.
const GIVEN_UP: Millis = 24 * 3600 * 1000;
/// One of which only an agent's own phone has spoken may not be a call at all.
const NEVER_HEARD_OF: Millis = 3600 * 1000;

/// What a pass came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls that were asked about.
    pub asked: usize,
    /// Of these, calls of which something new was learnt.
    pub learnt: usize,
    /// Calls that were closed because nobody will say how they went.
    pub closed: usize,
}

/// Why a pass stopped early. The next one goes on where it stopped.
#[derive(Debug)]
pub enum Trouble {
    /// The store failed.
    Store(StoreError),
    /// The vendor did not answer, or asked for patience.
    Vendor(VendorError),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Vendor(error) => write!(f, "call details: {error}"),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Asks once about every call that is not settled and has been silent long enough at `now`.
///
/// # Errors
/// What was learnt before is kept.
pub async fn once(app: &App, now: Millis) -> Result<Tally, Trouble> {
    pass(app, now, None).await
}

/// The same, as long as `holder` has the lease: it is renewed before each request, which may wait for its turn.
pub(super) async fn pass(app: &App, now: Millis, holder: Option<&str>) -> Result<Tally, Trouble> {
    let before = now - millis(app.config.reconcile.silent);
    let mut tally = Tally::default();
    let mut seen = BTreeSet::new();
    loop {
        let mut sids = app.store.unsettled(before, HANDFUL).await?;
        // A call that comes a second time would come for ever.
        sids.retain(|sid| seen.insert(sid.clone()));
        if sids.is_empty() {
            return Ok(tally);
        }
        let (askable, nameless): (Vec<String>, Vec<String>) = sids.into_iter().partition(|sid| is_sid(sid));
        for together in askable.chunks(TOGETHER) {
            if let Some(holder) = holder
                && !renewed(app, holder).await?
            {
                return Ok(tally);
            }
            tally.asked += together.len();
            let details = listed(app, together).await?;
            settle(app, together, &details, now, &mut tally).await?;
        }
        settle(app, &nameless, &BTreeMap::new(), now, &mut tally).await?;
    }
}

/// Whether the platform could have made this id: any other would spoil the whole request.
fn is_sid(sid: &str) -> bool {
    (1..=64).contains(&sid.len()) && sid.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The same, where one id may spoil the whole request: after a refusal each is asked about alone, and one that is refused
/// is as good as not listed.
async fn listed(app: &App, sids: &[String]) -> Result<BTreeMap<String, Call>, Trouble> {
    match list(app, sids).await {
        Err(Trouble::Vendor(error)) if is_about_ids(&error) => {}
        outcome => return outcome,
    }
    let mut found = BTreeMap::new();
    for sid in sids {
        match list(app, std::slice::from_ref(sid)).await {
            Ok(alone) => found.extend(alone),
            Err(Trouble::Vendor(error)) if is_about_ids(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// Whether the vendor refused what was asked for, not who asks, how often, or whether it can answer at all.
fn is_about_ids(error: &VendorError) -> bool {
    match error.kind() {
        Some(
            Kind::BadRequest
            | Kind::NotFound
            | Kind::Conflict
            | Kind::Gone
            | Kind::TooLarge
            | Kind::AgentBusy
            | Kind::Other,
        ) => true,
        Some(Kind::Unauthorized | Kind::Forbidden | Kind::RateLimited | Kind::Server) | None => false,
    }
}

/// Call details of those that the platform lists, by id.
async fn list(app: &App, sids: &[String]) -> Result<BTreeMap<String, Call>, Trouble> {
    let mut ask = ListCalls {
        call_sids: sids.to_vec(),
        page_size: Some(100),
        after: None,
    };
    let mut found = BTreeMap::new();
    for _ in 0..PAGES {
        let page = app
            .vendor
            .call_in_background(&ask)
            .await
            .map_err(Trouble::Vendor)?;
        // One that cannot be read does not hide the others; it is asked about again.
        let readable = page.calls.into_iter().flatten();
        found.extend(readable.map(|call| (call.sid.clone(), call)));
        match page.next {
            Some(next) => ask.after = Some(next),
            None => break,
        }
    }
    Ok(found)
}

/// Writes what was learnt of `sids`, all in one commit where possible.
async fn settle(
    app: &App,
    sids: &[String],
    details: &BTreeMap<String, Call>,
    now: Millis,
    tally: &mut Tally,
) -> Result<(), Trouble> {
    let mut learnt = Vec::new();
    for sid in sids {
        match details.get(sid) {
            Some(call) => learnt.push((sid, of_details(call, now, app.config.vendor.time_zone))),
            None if is_given_up(app, sid, now).await? => {
                tally.closed += 1;
                learnt.push((sid, of_silence(now)));
            }
            None => {}
        }
    }
    let mut in_vain: BTreeSet<&String> = sids.iter().collect();
    let writes = learnt
        .into_iter()
        .map(|(sid, facts)| async move { (sid, write(app, sid, facts, now).await) });
    for (sid, changed) in join_all(writes).await {
        if changed? {
            in_vain.remove(sid);
            tally.learnt += 1;
        }
    }
    if !in_vain.is_empty() {
        let in_vain: Vec<String> = in_vain.into_iter().cloned().collect();
        app.store.asked_in_vain(&in_vain, now).await?;
    }
    Ok(())
}

async fn is_given_up(app: &App, sid: &str, now: Millis) -> Result<bool, StoreError> {
    let call = app.store.call(sid).await?;
    Ok(call.is_some_and(|call| {
        let patience = match call.facts.only_legs_spoke() {
            true => NEVER_HEARD_OF,
            false => GIVEN_UP,
        };
        call.facts.first_news < now - patience
    }))
}

/// Whether anything changed that somebody can see.
async fn write(app: &App, sid: &str, facts: Facts, now: Millis) -> Result<bool, StoreError> {
    let write = Write {
        facts: Some((sid.to_owned(), facts)),
        at: now,
        ..Write::default()
    };
    let written = app.writer.write(write).await?;
    Ok(matches!(written, Written::Fresh { last } if last > 0))
}
