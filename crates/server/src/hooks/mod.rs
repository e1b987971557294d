//! What the vendor sends: `/hooks/{secret}/{kind}`.

pub mod door;
