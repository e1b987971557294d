//! What the vendor sends: `/hooks/{secret}/{kind}`.
