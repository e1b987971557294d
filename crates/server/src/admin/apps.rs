//! Which app is in use, and the secrets of the customer's apps: the configured one's, those that this server made, and
//! those that an admin has typed. Kept sealed, shown to nobody.
//!
//! Every node looks every few seconds whether another one switched.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::StatusCode;
use exotel::Secret;
use serde::{Deserialize, Serialize};

use super::meanwhile;
use super::sealed::Seal;
use crate::store::{Kept, Revision, Store};
use crate::vendor::Vendor;
use crate::{Answer, App, Refused, clock};

/// What the records call it.
const SUBJECT: &str = "apps";
/// How often a node looks whether another one switched.
const EVERY: Duration = Duration::from_secs(3);
/// Tries to write while others write too.
const TRIES: u32 = 5;

/// What is kept of apps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Apps {
    /// The one in use; the configured one if none.
    used: Option<String>,
    /// Secrets by id, sealed.
    sealed: BTreeMap<String, String>,
}

/// The secret of this app, if it is known here.
///
/// # Errors
/// The store failed.
pub async fn secret_of(app: &App, id: &str) -> Answer<Option<Secret>> {
    let configured = &app.config.vendor.app;
    if configured.0 == id {
        return Ok(Some(configured.1.clone()));
    }
    let (_, kept) = read(app.store.as_ref()).await?;
    Ok(open(app, &kept, id))
}

/// The ids of all apps whose secret is known here.
///
/// # Errors
/// The store failed.
pub async fn known(app: &App) -> Answer<Vec<String>> {
    let (_, kept) = read(app.store.as_ref()).await?;
    let configured = app.config.vendor.app.0.clone();
    let opened = kept.sealed.keys().filter(|id| open(app, &kept, id).is_some());
    Ok(opened.cloned().chain([configured]).collect())
}

/// Keeps the secret of an app.
///
/// # Errors
/// It cannot be sealed, or the store failed.
pub async fn keep(app: &App, who: &str, id: &str, secret: &Secret) -> Answer<()> {
    let sealed = sealed(app, id, secret)?;
    change(app, who, |apps| {
        drop(apps.sealed.insert(id.to_owned(), sealed.clone()))
    })
    .await
}

/// Works with this app from now on, here at once and on other nodes within seconds.
///
/// # Errors
/// As [`keep`].
pub async fn switch(app: &App, who: &str, id: &str, secret: Secret) -> Answer<()> {
    let configured = app.config.vendor.app.0 == id;
    let sealed = match configured {
        true => None,
        false => Some(sealed(app, id, &secret)?),
    };
    change(app, who, |apps| {
        apps.used = (!configured).then(|| id.to_owned());
        if let Some(sealed) = &sealed {
            apps.sealed.insert(id.to_owned(), sealed.clone());
        }
    })
    .await?;
    app.vendor.use_app(id.to_owned(), secret);
    Ok(())
}

/// Forgets the secret of an app that is no more.
///
/// # Errors
/// The store failed.
pub async fn forget(app: &App, who: &str, id: &str) -> Answer<()> {
    change(app, who, |apps| drop(apps.sealed.remove(id))).await
}

/// Uses the app that is kept as the one in use. Which revision was read.
///
/// # Errors
/// The store failed.
pub async fn restore(
    store: &dyn Store,
    vendor: &Vendor,
    customer: Option<&Secret>,
    configured: &(String, Secret),
) -> Kept<i64> {
    let (no, kept) = read(store).await?;
    let (id, secret) = match kept.used {
        None => configured.clone(),
        Some(id) => {
            let sealed = kept.sealed.get(&id);
            let opened = sealed.and_then(|sealed| Seal::new(customer?)?.open(&id, sealed));
            let Some(secret) = opened else {
                tracing::error!(
                    app = id,
                    "the secret of the app in use cannot be opened: the customer's secret has changed; the configured app is used"
                );
                return Ok(no);
            };
            (id, secret)
        }
    };
    if vendor.app_id() != id {
        vendor.use_app(id, secret);
    }
    Ok(no)
}

/// Follows switches of other nodes, for ever.
pub async fn follow(app: App) {
    let customer = app.config.vendor.customer.clone().map(|(_, secret)| secret);
    let mut seen = -1;
    loop {
        let newest = app.store.revisions(SUBJECT, 1).await;
        let no = newest
            .ok()
            .and_then(|newest| newest.first().map(|revision| revision.no));
        if let Some(no) = no.filter(|no| *no != seen) {
            let restored = restore(
                app.store.as_ref(),
                &app.vendor,
                customer.as_ref(),
                &app.config.vendor.app,
            );
            match restored.await {
                Ok(_) => seen = no,
                Err(error) => tracing::warn!(%error, "whether another node switched the app is seen later"),
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn read(store: &dyn Store) -> Kept<(i64, Apps)> {
    let newest = store.revisions(SUBJECT, 1).await?;
    let Some(revision) = newest.into_iter().next() else {
        return Ok((0, Apps::default()));
    };
    let apps = serde_json::from_value(revision.body).unwrap_or_default();
    Ok((revision.no, apps))
}

/// Writes a change over whatever is there; another writer's is kept too.
async fn change(app: &App, who: &str, change: impl Fn(&mut Apps)) -> Answer<()> {
    for _ in 0..TRIES {
        let (no, mut apps) = read(app.store.as_ref()).await?;
        change(&mut apps);
        let revision = Revision {
            subject: SUBJECT.to_owned(),
            no: no + 1,
            by: who.to_owned(),
            at: clock::now(),
            body: serde_json::to_value(&apps).unwrap_or_default(),
        };
        if app.store.put_revision(&revision, 1, &[]).await? {
            return Ok(());
        }
    }
    Err(meanwhile::changed("", 0))
}

fn open(app: &App, kept: &Apps, id: &str) -> Option<Secret> {
    let (_, customer) = app.config.vendor.customer.as_ref()?;
    Seal::new(customer)?.open(id, kept.sealed.get(id)?)
}

fn sealed(app: &App, id: &str, secret: &Secret) -> Answer<String> {
    let customer = app.config.vendor.customer.as_ref();
    let sealed = customer.and_then(|(_, customer)| Seal::new(customer)?.close(id, secret));
    sealed.ok_or_else(|| {
        let message = "The app's secret cannot be kept: the configuration has no customer. Set `vendor.customer_id` \
                       and `vendor.customer_secret`, then try again.";
        Refused::new(StatusCode::CONFLICT, "no_customer", message)
    })
}
