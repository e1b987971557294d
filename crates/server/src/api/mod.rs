//! What browsers ask. One file a subject; paths are in [`crate::routes`].
