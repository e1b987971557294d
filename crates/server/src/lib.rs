//! The companion of the browser phone: keeps the vendor's secrets, takes its webhooks, pushes events, serves the widget.
//!
//! | room | holds |
//! |---|---|
//! | [`config`] | `softphone.toml`: reading, checking, explaining |
//! | [`store`] | what is kept, behind one trait: SQLite or PostgreSQL |
//! | [`calls`] | what is known of a call and how it went; pure |
//! | [`events`] | the log's writer, its followers, the stream to browsers |
//! | [`auth`] | accounts, sessions, tickets, who may do what |
//! | [`vendor`] | the one client of the vendor's APIs |
//! | [`phone`] | an agent's phone: set-up, device, numbers |
//! | [`admin`] | what admins change: apps, jobs, the policy |
//! | [`api`] | what browsers ask |
//! | [`hooks`] | what the vendor sends |
//! | [`crm`] | signed webhooks to CRMs |
//! | [`dial_whom`] | the question that a caller waits for |
//! | [`reconcile`] | calls whose end never came |
//! | [`widget`] | the built phone and the headers around it |
//! | [`ops`] | connections, health, figures, retention, backup |
//!
//! A message that changes something is one [`store::Write`]: the log, the call it is about and the key against repeats
//! change together or not at all. Streams are cursors over the log; every wake-up may be lost.

pub mod admin;
pub mod api;
pub mod app;
pub mod auth;
pub mod calls;
pub mod clock;
pub mod config;
pub mod crm;
pub mod dial_whom;
pub mod events;
pub mod hooks;
pub mod ops;
pub mod phone;
mod problem;
pub mod reconcile;
pub mod routes;
pub mod store;
pub mod vendor;
pub mod widget;

pub use app::App;
pub use problem::{Answer, Refused};
