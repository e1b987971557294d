//! What browsers ask. One file a subject; paths are in [`crate::routes`].

mod body;
pub mod device;
pub mod phone;

pub use body::Body;
