//! Subscribers of the account.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use exotel::subscribers::{
    CreateSubscribers, CreateToken, DeleteSubscriber, GetSubscriber, ListSubscribers, PageUri, Subscriber,
    SubscriberStatus as Wire, UpdateSubscriber,
};
use exotel::{ApiError, Secret};
use protocol::admin::subscribers::{
    NewSubscriber, SubscriberChange, SubscriberPage, SubscriberStatus, SubscriberToken, SubscriberView,
    TokenRequest,
};
use serde::Deserialize;

use super::moment;
use crate::admin::jobs::check;
use crate::admin::meanwhile;
use crate::api::{Asked, Body, Name, whole};
use crate::auth::Caller;
use crate::vendor::VendorError;
use crate::{Answer, App, Refused, clock};

/// Subscribers of a page, if nobody says; and the vendor's most.
const PAGE: u64 = 50;
const LARGEST: u64 = 100;

/// Which subscribers.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Query {
    status: Option<SubscriberStatus>,
    limit: Option<u64>,
    page: Option<String>,
}

/// `GET /api/admin/subscribers?status=&limit=&page=`
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<Query>,
) -> Answer<Json<SubscriberPage>> {
    let list = match query.page.filter(|page| !page.is_empty()) {
        Some(page) => ListSubscribers::page(read_page(&page, &app.config.vendor.account_sid)?),
        None => ListSubscribers {
            status: query.status.map(wire_status).transpose()?,
            page_size: Some(query.limit.unwrap_or(PAGE).clamp(1, LARGEST)),
            ..ListSubscribers::default()
        },
    };
    let page = app.vendor.call(&caller.name, &list).await?;
    let accounts = accounts(&app).await?;
    let mut shown = SubscriberPage {
        subscribers: Vec::new(),
        failed: Vec::new(),
        first: page.first.as_ref().map(write_page),
        previous: page.previous.as_ref().map(write_page),
        next: page.next.as_ref().map(write_page),
    };
    for item in page.subscribers {
        match item {
            Ok(subscriber) => shown.subscribers.push(view(&app, &accounts, subscriber)),
            Err(error) => shown.failed.push(words(error)),
        }
    }
    Ok(Json(shown))
}

/// `GET /api/admin/subscribers/{name}`
pub async fn show(State(app): State<App>, caller: Caller, Name(name): Name) -> Answer<Json<SubscriberView>> {
    let found = find(&app, &caller, name).await?;
    Ok(Json(view(&app, &accounts(&app).await?, found)))
}

/// `POST /api/admin/subscribers`: one.
pub async fn add(
    State(app): State<App>,
    caller: Caller,
    Body(new): Body<NewSubscriber>,
) -> Answer<Json<SubscriberView>> {
    let new = check::wire_subscriber(&NewSubscriber {
        name: new.name.trim().to_owned(),
        note: new.note.trim().to_owned(),
    });
    new.check()
        .map_err(|invalid| Refused::field("name", invalid.rule.into_owned()))?;
    let work = move |app: App| async move {
        let create = CreateSubscribers {
            subscribers: vec![new],
        };
        let made = app.vendor.call(&caller.name, &create).await?;
        let no_item = || ApiError::unreadable(207, "there is no item in it");
        let made = made.results.into_iter().next().unwrap_or_else(|| Err(no_item()));
        let made = made.map_err(|error| Refused::from(VendorError::from(error)))?;
        Ok(Json(view(&app, &accounts(&app).await?, made)))
    };
    whole(&app, work).await
}

/// `PUT /api/admin/subscribers/{name}`
pub async fn change(
    State(app): State<App>,
    caller: Caller,
    Name(name): Name,
    Body(change): Body<SubscriberChange>,
) -> Answer<Json<SubscriberView>> {
    let update = UpdateSubscriber {
        subscriber_name: name.clone(),
        status: wire_status(change.status)?,
        custom_field: change.note.map(|note| Secret::new(note.trim())),
    };
    let work = move |app: App| async move {
        if let Some(seen) = change.seen {
            let now = find(&app, &caller, name.clone()).await?;
            if moment(&app, &now.date_updated) != Some(seen) {
                let operations = ["subscribers_update", "subscribers_create"];
                return Err(meanwhile::changed_at_the_vendor(&app, &name, &operations).await);
            }
        }
        let changed = app.vendor.call(&caller.name, &update).await?;
        Ok(Json(view(&app, &accounts(&app).await?, changed)))
    };
    whole(&app, work).await
}

/// `DELETE /api/admin/subscribers/{name}`: for good.
pub async fn delete(State(app): State<App>, caller: Caller, Name(name): Name) -> Answer<StatusCode> {
    let work = move |app: App| async move {
        let delete = DeleteSubscriber {
            subscriber_name: name,
        };
        app.vendor.call(&caller.name, &delete).await?;
        Ok(StatusCode::NO_CONTENT)
    };
    whole(&app, work).await
}

/// `POST /api/admin/subscribers/{name}/token`. Not through [`crate::vendor::Vendor::subscriber_token`], which keeps
/// tokens: this one is for somebody else's device.
pub async fn issue_token(
    State(app): State<App>,
    caller: Caller,
    Name(name): Name,
    Body(asked): Body<TokenRequest>,
) -> Answer<Json<SubscriberToken>> {
    let create = CreateToken {
        subscriber_name: name,
        device_id: asked.device.trim().to_owned(),
    };
    let work = move |app: App| async move {
        let issued_at = clock::now() / 1000;
        let token = app.vendor.call(&caller.name, &create).await?.token;
        Ok(Json(SubscriberToken {
            token: protocol::Secret::new(token.reveal().to_string()),
            access_ends: token.access_ends(issued_at).saturating_mul(1000),
            refresh_ends: token.refresh_ends(issued_at).saturating_mul(1000),
        }))
    };
    whole(&app, work).await
}

async fn find(app: &App, caller: &Caller, subscriber_name: String) -> Answer<Subscriber> {
    Ok(app
        .vendor
        .call(&caller.name, &GetSubscriber { subscriber_name })
        .await?)
}

/// Names of local accounts by subscriber.
async fn accounts(app: &App) -> Answer<HashMap<String, String>> {
    let people = app.store.people().await?.into_iter();
    Ok(people
        .filter_map(|person| Some((person.subscriber?, person.name)))
        .collect())
}

fn view(app: &App, accounts: &HashMap<String, String>, subscriber: Subscriber) -> SubscriberView {
    SubscriberView {
        status: match subscriber.status {
            Wire::Active => SubscriberStatus::Active,
            Wire::Inactive => SubscriberStatus::Inactive,
            Wire::Other(_) => SubscriberStatus::Other,
        },
        note: subscriber
            .custom_field
            .as_ref()
            .map(|note| note.reveal().to_owned())
            .unwrap_or_default(),
        account: accounts.get(&subscriber.subscriber_name).cloned(),
        created_at: moment(app, &subscriber.date_created),
        updated_at: moment(app, &subscriber.date_updated),
        name: subscriber.subscriber_name,
    }
}

fn wire_status(status: SubscriberStatus) -> Answer<Wire> {
    match status {
        SubscriberStatus::Active => Ok(Wire::Active),
        SubscriberStatus::Inactive => Ok(Wire::Inactive),
        SubscriberStatus::Other => Err(Refused::field("status", "Choose active or inactive.")),
    }
}

fn words(error: ApiError) -> String {
    let problem = Refused::from(VendorError::from(error)).problem;
    problem.vendor.unwrap_or(problem.message)
}

/// The vendor's address of a page as text for ours; opaque to readers.
fn write_page(page: &PageUri) -> String {
    URL_SAFE_NO_PAD.encode(page.as_str())
}

/// Only a page of this account's subscribers: what comes from a browser must not choose where we ask with our key.
fn read_page(text: &str, sid: &str) -> Answer<PageUri> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    let uri = bytes.and_then(|bytes| PageUri::read(std::str::from_utf8(&bytes).ok()?));
    let ours = |uri: &PageUri| {
        let path = uri.as_str().split('?').next().unwrap_or_default();
        path.ends_with(&format!("/accounts/{sid}/subscribers")) && !path.contains("..") && !path.contains('%')
    };
    uri.filter(ours)
        .ok_or_else(|| Refused::field("page", "Take the page from the page before it."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_account_are_asked_for() {
        let read = |uri: &str| read_page(&URL_SAFE_NO_PAD.encode(uri), "acme").is_ok();
        assert!(read("/v2/accounts/acme/subscribers?offset=10&page_size=5"));
        for uri in [
            "/v2/accounts/other/subscribers?offset=1",
            "/v2/accounts/acme/subscribers/../../other",
            "/v2/accounts/acme/subscriber-token?/accounts/acme/subscribers",
            "/x/%2e%2e/accounts/acme/subscribers",
            "nothing",
        ] {
            assert!(!read(uri), "{uri}");
        }
        assert!(read_page("!", "acme").is_err());
    }
}
