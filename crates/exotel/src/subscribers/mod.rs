//! The Subscriber Management API: who may use the app.
//!
//! Paths follow `<base>/accounts/<account sid>`. The credential is the account's API key and token, so all of it is
//! for servers only.

mod create;
mod create_token;
mod delete;
mod get;
mod list;
mod page_uri;
mod subscriber;
mod token;
mod update;

use http::Method;

pub use create::{CreateSubscribers, Created, NewSubscriber};
pub use create_token::{CreateToken, IssuedToken};
pub use delete::DeleteSubscriber;
pub use get::GetSubscriber;
pub use list::{ListSubscribers, SubscriberPage};
pub use page_uri::PageUri;
pub use subscriber::{Subscriber, SubscriberStatus, is_longest_name};
pub use token::SubscriberToken;
pub use update::UpdateSubscriber;

use crate::Invalid;
use crate::config::SubscribersApi;
use crate::endpoint::Draft;
use crate::operations::{Api, Operation};

/// A request below the account.
fn draft(method: Method, api: &SubscribersApi) -> Result<Draft, Invalid> {
    Draft::new(method, &api.base)
        .path("/accounts")
        .segment("account_sid", &api.account_sid)
}

const fn row(
    name: &'static str,
    method: &'static str,
    path: &'static str,
    type_name: &'static str,
    fixtures: &'static [&'static str],
) -> Operation {
    Operation {
        api: Api::Subscribers,
        name,
        method,
        path,
        type_name,
        fixtures,
    }
}

/// The operations of this module.
pub const OPERATIONS: &[Operation] = &[
    row(
        "create_token",
        "POST",
        "/subscriber-token",
        "CreateToken",
        &["subscribers/create_token.json"],
    ),
    row(
        "create",
        "POST",
        "/subscribers",
        "CreateSubscribers",
        &["subscribers/create.json"],
    ),
    row(
        "update",
        "PUT",
        "/subscribers/{subscriber_name}",
        "UpdateSubscriber",
        &["subscribers/update.json"],
    ),
    row(
        "get",
        "GET",
        "/subscribers/{subscriber_name}",
        "GetSubscriber",
        &["subscribers/get.json"],
    ),
    row(
        "list",
        "GET",
        "/subscribers",
        "ListSubscribers",
        &["subscribers/list.json"],
    ),
    row(
        "delete",
        "DELETE",
        "/subscribers/{subscriber_name}",
        "DeleteSubscriber",
        &["subscribers/delete_not_found.json"],
    ),
];
