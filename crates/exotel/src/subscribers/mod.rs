//! The Subscriber Management API: who may use the app.
//!
//! Paths follow `<base>/accounts/<account sid>`. The credential is the account's API key and token, so all of it is
//! for servers only.

mod create;
mod create_token;
mod delete;
mod get;
mod list;
mod operations;
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
pub use operations::OPERATIONS;
pub use page_uri::PageUri;
pub use subscriber::{Subscriber, SubscriberStatus, is_longest_name};
pub use token::SubscriberToken;
pub use update::UpdateSubscriber;

use crate::Invalid;
use crate::config::SubscribersApi;
use crate::endpoint::Draft;

/// A request below the account.
fn draft(method: Method, api: &SubscribersApi) -> Result<Draft, Invalid> {
    Draft::new(method, &api.base)
        .path("/accounts")
        .segment("account_sid", &api.account_sid)
}
