//! The admin's screens, one folder each; `table.rs` lists them. What they share is in `pieces`.

mod ask;
mod frame;
mod news;
mod pieces;
mod sign_in;
mod standing;
mod table;
mod users;

use leptos::mount::mount_to_body;

pub(crate) use standing::Admin;

/// Draws everything.
pub(crate) fn open() {
    softphone::web::panic::show_in_console();
    mount_to_body(|| frame::frame(Admin::open()));
}
