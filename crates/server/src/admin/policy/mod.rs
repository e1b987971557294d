//! The policy: written by admins, held in memory by every node, kept with its versions.
//!
//! | file | holds |
//! |---|---|
//! | [`check`] | whether a policy can be; pure |
//! | [`effective`] | what it comes to for a role; pure |
//! | [`preview`] | what another one would change for whom; pure |

pub mod check;
pub mod effective;
pub mod preview;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::http::StatusCode;
use protocol::admin::policy::{
    EffectivePolicy, Feature, Policy, PolicyChange, PolicyNews, RingRules, Rule, StoredPolicy, WrapUpRules,
};
use protocol::event::Event;
use protocol::session::Role;

use super::meanwhile;
use crate::config::PhoneConfig;
use crate::store::{EVERYONE, Kept, Logged, NewEvent, Revision, Store};
use crate::{Answer, App, Refused, clock};

/// What the records call it.
const SUBJECT: &str = "policy";
/// Versions that are kept.
const KEEP: u32 = 100;
/// How often a node looks whether another one has a newer version.
const EVERY: Duration = Duration::from_secs(3);

/// The policy that holds on this node.
pub struct Held {
    now: RwLock<Arc<StoredPolicy>>,
    /// Where SIP addresses may be dialled directly, if no rule says.
    direct_calls: bool,
}

impl Held {
    /// The one of the records, else of the configuration.
    ///
    /// # Errors
    /// The store failed.
    pub async fn load(store: &dyn Store, config: &PhoneConfig) -> Kept<Self> {
        let kept = newest(store).await?;
        Ok(Self {
            now: RwLock::new(Arc::new(kept.unwrap_or_else(|| configured(config)))),
            direct_calls: config.direct_calls,
        })
    }

    /// As it is now.
    pub fn now(&self) -> Arc<StoredPolicy> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether a reader of `role` sees customers' whole numbers.
    pub fn sees_numbers(&self, role: Role) -> bool {
        role >= self.now().policy.whole_numbers_from
    }

    /// What holds for somebody of `role` while `app` is in use.
    pub fn for_role(&self, role: Role, app: &str) -> EffectivePolicy {
        let now = self.now();
        effective::of(&now.policy, now.version, role, app, self.direct_calls)
    }

    /// Whether somebody of `role` may use `feature`.
    ///
    /// # Errors
    /// 403, with the feature in the sentence.
    pub fn check(&self, feature: Feature, role: Role, app: &str) -> Result<(), Refused> {
        let now = self.now();
        match effective::rule(&now.policy, feature, role, app, self.direct_calls) {
            Rule::Allowed | Rule::Forced => Ok(()),
            Rule::Forbidden => {
                let what = effective::name(feature);
                let message = format!("{what}: your admin has turned this off. Ask them if you need it.");
                Err(Refused::new(StatusCode::FORBIDDEN, "feature_forbidden", message))
            }
        }
    }

    fn hold(&self, policy: StoredPolicy) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        if policy.version > now.version {
            *now = Arc::new(policy);
        }
    }
}

/// Writes a policy over the version that its editor saw, and tells everybody.
///
/// # Errors
/// It cannot be, or another version holds by now.
pub async fn put(app: &App, who: &str, change: PolicyChange) -> Answer<StoredPolicy> {
    check::check(&change.policy)?;
    let stored = StoredPolicy {
        version: change.version + 1,
        by: who.to_owned(),
        at: clock::now(),
        policy: change.policy,
    };
    let revision = Revision {
        subject: SUBJECT.to_owned(),
        no: stored.version,
        by: stored.by.clone(),
        at: stored.at,
        body: serde_json::to_value(&stored.policy).unwrap_or_default(),
    };
    let news = NewEvent {
        agent: Some(EVERYONE.to_owned()),
        body: Logged::Public(Event::Policy(PolicyNews {
            version: stored.version,
        })),
    };
    if !app.store.put_revision(&revision, KEEP, &[news]).await? {
        let newest = newest(app.store.as_ref()).await?;
        let (by, at) = newest.map(|it| (it.by, it.at)).unwrap_or_default();
        return Err(meanwhile::changed(&by, at));
    }
    app.policy.hold(stored.clone());
    let version = stored.version.to_string();
    app.auth.record(who, "put_policy", &version).await;
    Ok(stored)
}

/// The versions that are kept, newest first.
///
/// # Errors
/// The store failed.
pub async fn versions(app: &App) -> Answer<Vec<StoredPolicy>> {
    let revisions = app.store.revisions(SUBJECT, KEEP).await?;
    Ok(revisions.into_iter().filter_map(read).collect())
}

/// Follows the versions that other nodes write, for ever.
pub async fn follow(app: App) {
    loop {
        tokio::time::sleep(EVERY).await;
        match newest(app.store.as_ref()).await {
            Ok(Some(policy)) => app.policy.hold(policy),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "whether the policy changed is seen later"),
        }
    }
}

async fn newest(store: &dyn Store) -> Kept<Option<StoredPolicy>> {
    let newest = store.revisions(SUBJECT, 1).await?;
    Ok(newest.into_iter().next().and_then(read))
}

/// A version that a newer program wrote may be unreadable: the one before goes on.
fn read(revision: Revision) -> Option<StoredPolicy> {
    let policy = serde_json::from_value(revision.body);
    let policy = policy
        .inspect_err(|_| tracing::error!(version = revision.no, "a version of the policy cannot be read"))
        .ok()?;
    Some(StoredPolicy {
        version: revision.no,
        by: revision.by,
        at: revision.at,
        policy,
    })
}

/// What holds until somebody writes a policy.
fn configured(config: &PhoneConfig) -> StoredPolicy {
    StoredPolicy {
        version: 0,
        by: String::new(),
        at: 0,
        policy: Policy {
            features: Vec::new(),
            dispositions: config.dispositions.clone(),
            whole_numbers_from: config.whole_numbers_from,
            ring: RingRules::default(),
            wrap_up: WrapUpRules::default(),
        },
    }
}
