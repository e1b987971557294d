//! What browsers ask. One file a subject; paths are in [`crate::routes`].

pub mod admin;
pub mod audit;
mod body;
pub mod caller;
pub mod calls;
pub mod crm_log;
pub mod device;
pub mod dial_contexts;
pub mod feedback;
pub mod greenpin;
pub mod history;
pub mod logs;
pub mod notes;
pub mod people;
pub mod phone;
mod query;
pub mod session;
pub mod tickets;
pub mod webhooks;
mod whole;

pub use body::Body;
pub use query::{Asked, Name, Sid};
use whole::whole;
