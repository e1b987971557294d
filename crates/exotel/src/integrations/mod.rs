//! The Integrations API: customers, their apps, and each app's settings, users, devices and calls.
//!
//! Tokens come from [`CreateToken`], one kind per [`Entity`]; the operation's credential type says which kind it
//! takes. A token lives for 90 days and opens everything of its entity, so all of it is for servers only.

mod add_users;
mod app;
mod create_app;
mod create_token;
mod customer;
mod delete_users;
mod device;
mod envelope;
mod inbound_call;
mod outbound_call;
mod setting;
mod settings;
mod user;
mod user_pages;
mod users;

pub use add_users::{AddUsers, NewUser};
pub use app::{App, DeleteApp, Domain, GetApp, ListApps};
pub use create_app::CreateApp;
pub use create_token::{CreateToken, Entity, Token};
pub use customer::{Customer, DeleteCustomer, DeletedAt, GetCustomer};
pub use delete_users::{DeleteAllUsers, DeleteUser};
pub use device::{DeviceName, SetDevice};
pub use inbound_call::{Notification, NotifyInbound};
pub use outbound_call::{OutboundCall, PlacedCall};
pub use setting::{Setting, SettingKey};
pub use settings::{AddSetting, DeleteSetting, GetSetting, ListSettings};
pub use user::{Role, User};
pub use user_pages::UserPages;
pub use users::{GetUser, ListUsers, UserPage};

use crate::Invalid;
use crate::operations::{Api, Operation};

/// A mandatory text is there.
fn needed(field: &'static str, text: &str) -> Result<(), Invalid> {
    match text.trim().is_empty() {
        true => Err(Invalid::new(field, "This field is needed.")),
        false => Ok(()),
    }
}

const fn row(
    name: &'static str,
    method: &'static str,
    path: &'static str,
    type_name: &'static str,
    fixtures: &'static [&'static str],
) -> Operation {
    Operation {
        api: Api::Integrations,
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
        "/token",
        "CreateToken",
        &["integrations/create_token.json"],
    ),
    row(
        "get_customer",
        "GET",
        "/customer",
        "GetCustomer",
        &["integrations/get_customer.json"],
    ),
    row(
        "delete_customer",
        "DELETE",
        "/customer",
        "DeleteCustomer",
        &["integrations/delete_customer.json"],
    ),
    row(
        "create_app",
        "POST",
        "/app",
        "CreateApp",
        &["integrations/create_app.json"],
    ),
    row(
        "get_app",
        "GET",
        "/app?entity=app",
        "GetApp",
        &["integrations/get_app.json"],
    ),
    row(
        "list_apps",
        "GET",
        "/app?entity=customer",
        "ListApps",
        &["integrations/list_apps.json"],
    ),
    row(
        "delete_app",
        "DELETE",
        "/app",
        "DeleteApp",
        &["integrations/delete_app.json"],
    ),
    row(
        "add_setting",
        "POST",
        "/app_setting",
        "AddSetting",
        &["integrations/add_setting.json"],
    ),
    row(
        "get_setting",
        "GET",
        "/app_setting?key={key}",
        "GetSetting",
        &["integrations/get_setting.json"],
    ),
    row(
        "list_settings",
        "GET",
        "/app_setting",
        "ListSettings",
        &["integrations/list_settings.json"],
    ),
    row(
        "delete_setting",
        "DELETE",
        "/app_setting?key={key}",
        "DeleteSetting",
        &["integrations/delete_setting.json"],
    ),
    row(
        "add_users",
        "POST",
        "/usermapping",
        "AddUsers",
        &["integrations/add_users.json"],
    ),
    row(
        "get_user",
        "GET",
        "/usermapping?user_id={AppUserId}",
        "GetUser",
        &["integrations/get_user.json"],
    ),
    row(
        "list_users",
        "GET",
        "/usermapping?last_value={last_value}&page_size={page_size}",
        "ListUsers",
        &["integrations/list_users.json"],
    ),
    row(
        "delete_all_users",
        "DELETE",
        "/usermapping",
        "DeleteAllUsers",
        &["integrations/delete_all_users.json"],
    ),
    row(
        "delete_user",
        "DELETE",
        "/users/{AppUserID}",
        "DeleteUser",
        &["integrations/delete_user.json"],
    ),
    row(
        "set_device",
        "PUT",
        "/device",
        "SetDevice",
        &["integrations/set_device.json"],
    ),
    row(
        "notify_inbound",
        "GET",
        "/call/inbound_call/{appId}?type={type}",
        "NotifyInbound",
        &["integrations/notify_inbound.json"],
    ),
    row(
        "outbound_call",
        "POST",
        "/call/outbound_call",
        "OutboundCall",
        &["integrations/outbound_call.json"],
    ),
];
