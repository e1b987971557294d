//! What the screens are made of.

pub(crate) mod act;
pub(crate) mod bars;
pub(crate) mod conflict;
pub(crate) mod dialog;
pub(crate) mod facts;
pub(crate) mod field;
pub(crate) mod head;
pub(crate) mod list;
pub(crate) mod load;
pub(crate) mod paged;
pub(crate) mod secret;
pub(crate) mod ticking;
pub(crate) mod typed;
pub(crate) mod window;
