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
mod operations;
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
pub use operations::OPERATIONS;
pub use outbound_call::{OutboundCall, PlacedCall};
pub use setting::{Setting, SettingKey};
pub use settings::{AddSetting, DeleteSetting, GetSetting, ListSettings};
pub use user::{Role, User};
pub use user_pages::UserPages;
pub use users::{GetUser, ListUsers, UserPage};

use crate::Invalid;

/// A mandatory text is there.
fn needed(field: &'static str, text: &str) -> Result<(), Invalid> {
    match text.trim().is_empty() {
        true => Err(Invalid::new(field, "This field is needed.")),
        false => Ok(()),
    }
}
