//! Where streams wait: every open stream of this node with its inbox.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::follower::Follower;
use super::frame::Frame;
use super::inbox::{End, Inbox};
use crate::auth::Caller;
use crate::ops::{Drain, Metrics};
use crate::store::{Audience, EVERYONE, Kept, Logged, LoggedEvent, Seq, Store};

/// Streams of one session on one node; a browser holds one, and a new tab or a broken line a few more for a while.
const STREAMS_PER_SESSION: usize = 100;
/// In so many steps the streams end when the server goes down.
const STEPS: usize = 30;

/// Hands each logged event to the streams of its audience on this node. Cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Shared>);

struct Shared {
    store: Arc<dyn Store>,
    metrics: Metrics,
    epoch: String,
    /// The follower has handed out everything up to here.
    position: AtomicI64,
    inboxes: Mutex<HashMap<Audience, Vec<Arc<Inbox>>>>,
}

/// A session has too many streams.
#[derive(Debug)]
pub(super) struct TooMany;

/// An inbox that is filled while this lives.
pub(super) struct Subscription {
    hub: Hub,
    pub(super) audience: Audience,
    pub(super) inbox: Arc<Inbox>,
}

impl Hub {
    /// Starts the follower at the log's end. It looks at least every `poll`.
    ///
    /// # Errors
    /// The log cannot be read.
    pub async fn start(store: Arc<dyn Store>, metrics: Metrics, drain: &Drain, poll: Duration) -> Kept<Self> {
        let log = store.log_bounds().await?;
        let hub = Self(Arc::new(Shared {
            store,
            metrics,
            epoch: log.epoch,
            position: AtomicI64::new(log.last),
            inboxes: Mutex::default(),
        }));
        let follower = Follower::new(hub.clone(), log.last, poll);
        drain.spawn_to_the_end(follower.run());
        Ok(hub)
    }

    /// The log behind it.
    pub fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }

    /// Figures.
    pub(super) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The log's identity.
    pub(super) fn epoch(&self) -> &str {
        &self.0.epoch
    }

    /// How far every inbox is filled. Read before an inbox is taken, it bounds what that inbox can still be missing.
    pub(super) fn position(&self) -> Seq {
        self.0.position.load(Ordering::Acquire)
    }

    /// Opens an inbox; everything for `audience` after the hub's position goes into it from now on.
    pub(super) fn subscribe(&self, caller: &Caller, audience: Audience) -> Result<Subscription, TooMany> {
        let mut inboxes = self.lock();
        // Under the lock, so that no batch falls between the position and the first event put in.
        let inbox = Arc::new(Inbox::new(caller.session, &caller.name, self.position()));
        let list = inboxes.entry(audience.clone()).or_default();
        let same = |other: &&Arc<Inbox>| other.session == caller.session;
        if list.iter().filter(same).count() >= STREAMS_PER_SESSION {
            return Err(TooMany);
        }
        list.push(Arc::clone(&inbox));
        Ok(Subscription {
            hub: self.clone(),
            audience,
            inbox,
        })
    }

    /// Hands out a batch of the log, in its order.
    pub(super) fn hand_out(&self, batch: Vec<LoggedEvent>) {
        let Some(last) = batch.last().map(|event| event.seq) else {
            return;
        };
        let inboxes = self.lock();
        for logged in batch {
            match &logged.event.body {
                Logged::SessionEnded(hash) => end(&inboxes, |inbox| is_hash(&inbox.session, hash)),
                Logged::SessionsEnded(name) => end(&inboxes, |inbox| inbox.name == *name),
                Logged::NoteSaved { .. } | Logged::Unreadable => {}
                Logged::Public(_) => {
                    let agent = logged.event.agent.clone().map(Audience::Agent);
                    let Some(frame) = Frame::new(logged).map(Arc::new) else {
                        continue;
                    };
                    if agent.as_ref().is_some_and(is_everyone) {
                        inboxes.values().flatten().for_each(|inbox| inbox.put(&frame));
                        continue;
                    }
                    let lists = [agent.as_ref(), Some(&Audience::Everybody)];
                    let lists = lists.into_iter().flatten().filter_map(|list| inboxes.get(list));
                    lists.flatten().for_each(|inbox| inbox.put(&frame));
                }
            }
        }
        // Still under the lock: see `subscribe`.
        self.0.position.store(last, Ordering::Release);
    }

    /// Ends every stream, spread over `spread`, so that their readers do not all come back in one moment.
    pub async fn end_streams(&self, spread: Duration) {
        let all: Vec<Arc<Inbox>> = self.lock().values().flatten().cloned().collect();
        let step = all.len().div_ceil(STEPS).max(1);
        for (index, some) in all.chunks(step).enumerate() {
            if index > 0 {
                tokio::time::sleep(spread / u32::try_from(STEPS).unwrap_or(1)).await;
            }
            some.iter().for_each(|inbox| inbox.end(End::GoingDown));
        }
    }

    /// The accounts that have a stream open on this node.
    pub fn listening(&self) -> HashSet<String> {
        let inboxes = self.lock();
        inboxes
            .values()
            .flatten()
            .map(|inbox| inbox.name.clone())
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Audience, Vec<Arc<Inbox>>>> {
        self.0.inboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_everyone(audience: &Audience) -> bool {
    *audience == Audience::Agent(EVERYONE.to_owned())
}

/// Ends the streams of the sessions that `ended` names.
fn end(inboxes: &HashMap<Audience, Vec<Arc<Inbox>>>, ended: impl Fn(&Inbox) -> bool) {
    let theirs = inboxes.values().flatten().filter(|inbox| ended(inbox));
    theirs.for_each(|inbox| inbox.end(End::SessionEnded));
}

/// Whether `text` is `hash` in hexadecimal.
fn is_hash(hash: &[u8], text: &str) -> bool {
    let byte = |(index, byte): (usize, &u8)| {
        let pair = text.get(index * 2..index * 2 + 2);
        pair.is_some_and(|pair| u8::from_str_radix(pair, 16) == Ok(*byte))
    };
    text.len() == hash.len() * 2 && hash.iter().enumerate().all(byte)
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut inboxes = self.hub.lock();
        let Some(list) = inboxes.get_mut(&self.audience) else {
            return;
        };
        list.retain(|inbox| !Arc::ptr_eq(inbox, &self.inbox));
        if list.is_empty() {
            inboxes.remove(&self.audience);
        }
    }
}
