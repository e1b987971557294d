//! Who may do what: the table of routes walked by people who may not, and every way in and out.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod ask;
mod command_line;
mod sessions;
mod sign_in;
mod tickets;
mod walk;
