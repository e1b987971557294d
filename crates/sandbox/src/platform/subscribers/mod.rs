//! The Subscriber Management API.

mod create;
mod list;
mod one;
mod token;

use super::operation::{Api, Class, Operation, row};
use super::records::Subscribed;
use super::{Ask, No, Platform};

/// Every row.
#[rustfmt::skip]
pub(crate) const OPERATIONS: &[Operation] = &[
    row(Api::Subscribers, "create_token", "POST", "/v2/accounts/{sid}/subscriber-token", Class::Manage, token::create),
    row(Api::Subscribers, "create", "POST", "/v2/accounts/{sid}/subscribers", Class::Manage, create::create),
    row(Api::Subscribers, "list", "GET", "/v2/accounts/{sid}/subscribers", Class::Read, list::list),
    row(Api::Subscribers, "get", "GET", "/v2/accounts/{sid}/subscribers/{name}", Class::Read, one::get),
    row(Api::Subscribers, "update", "PUT", "/v2/accounts/{sid}/subscribers/{name}", Class::Manage, one::update),
    row(Api::Subscribers, "delete", "DELETE", "/v2/accounts/{sid}/subscribers/{name}", Class::Manage, one::delete),
];

/// The only code that is documented: there is no such subscriber.
const NOT_FOUND: i64 = 1000;

/// The account whose key the request carries.
fn account(platform: &Platform, ask: &Ask) -> Result<String, No> {
    platform
        .account_of(ask, ask.in_path("sid"))
        .map(|tenant| tenant.sid.clone())
}

fn find<'a>(platform: &'a Platform, sid: &str, name: &str) -> Result<&'a Subscribed, No> {
    let subscriber = platform
        .records
        .subscribers
        .get(sid)
        .and_then(|all| all.get(name));
    subscriber.ok_or_else(|| No::not_found("Subscriber not found").coded(NOT_FOUND))
}
