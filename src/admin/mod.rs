//! The admin's screens, one folder each; `table.rs` lists them. What they share is in `pieces`.

mod account;
mod ask;
mod deliveries;
mod floor;
mod frame;
mod greenpin;
mod jobs;
mod keys;
mod news;
mod people;
mod pieces;
mod policy;
mod set_up;
mod settings;
mod sign_in;
mod standing;
mod subscribers;
mod table;
mod users;

use leptos::mount::mount_to_body;

pub(crate) use standing::Admin;

/// Draws everything.
pub(crate) fn open() {
    softphone::web::panic::show_in_console();
    mount_to_body(|| frame::frame(Admin::open()));
}
