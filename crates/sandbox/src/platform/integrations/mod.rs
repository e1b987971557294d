//! The Integrations API: customers, apps, settings, users, devices and calls.

mod app;
mod call;
mod customer;
mod device;
mod mapping;
mod setting;
mod spelling;
mod token;
mod user;
mod users;

use serde_json::Value;

use super::operation::{Api, Class, Operation, row};
use super::{Platform, Yes};

pub(crate) use user::describe;

/// Every row.
#[rustfmt::skip]
pub(crate) const OPERATIONS: &[Operation] = &[
    row(Api::Integrations, "create_token", "POST", "/v2/integrations/token", Class::Manage, token::create),
    row(Api::Integrations, "get_customer", "GET", "/v2/integrations/customer", Class::Read, customer::get),
    row(Api::Integrations, "delete_customer", "DELETE", "/v2/integrations/customer", Class::Manage, customer::delete),
    row(Api::Integrations, "create_app", "POST", "/v2/integrations/app", Class::Manage, app::create),
    row(Api::Integrations, "get_app", "GET", "/v2/integrations/app", Class::Read, app::get),
    row(Api::Integrations, "delete_app", "DELETE", "/v2/integrations/app", Class::Manage, app::delete),
    row(Api::Integrations, "add_setting", "POST", "/v2/integrations/app_setting", Class::Manage, setting::add),
    row(Api::Integrations, "get_setting", "GET", "/v2/integrations/app_setting", Class::Read, setting::get),
    row(Api::Integrations, "delete_setting", "DELETE", "/v2/integrations/app_setting", Class::Manage, setting::delete),
    row(Api::Integrations, "add_users", "POST", "/v2/integrations/usermapping", Class::Manage, mapping::add),
    row(Api::Integrations, "get_users", "GET", "/v2/integrations/usermapping", Class::Read, users::get),
    row(Api::Integrations, "delete_all_users", "DELETE", "/v2/integrations/usermapping", Class::Manage, users::delete_all),
    row(Api::Integrations, "delete_user", "DELETE", "/v2/integrations/users/{app_user_id}", Class::Manage, users::delete),
    row(Api::Integrations, "set_device", "PUT", "/v2/integrations/device", Class::Manage, device::set),
    row(Api::Integrations, "notify_inbound", "GET", "/v2/integrations/call/inbound_call/{app_id}", Class::Voice, call::notify),
    row(Api::Integrations, "outbound_call", "POST", "/v2/integrations/call/outbound_call", Class::Voice, call::outbound),
];

/// A success with `data`, spelt as the switches say.
fn done(platform: &Platform, mut data: Value) -> Yes {
    spelling::apply(&platform.quirks, &mut data);
    Yes::Done(data)
}
