//! What admins do with the vendor's account, and what supervisors watch. All under `/api/admin`, except where an older
//! address is there: webhooks ([`crate::webhooks`]), audit ([`crate::audit`]), accounts ([`crate::people`]).
//!
//! - [`customer`], [`apps`], [`settings`]: the set-up path.
//! - [`users`], [`subscribers`], [`jobs`]: agents at the vendor, one by one and many at once.
//! - [`greenpin`]: many changes at once, pins on request. The rest is in [`crate::greenpin`].
//! - [`floor`], [`calls`], [`missed`], [`quality`]: for supervisors.
//! - [`keys`]: what CRMs' backends sign in with.
//! - [`policy`]: what whom is allowed, and how phones behave.
//!
//! Admin alone, except `/api/admin/floor`, `/api/admin/calls`, `/api/admin/calls.csv`, `/api/admin/missed` and
//! `/api/admin/quality`: from supervisor on. No answer holds a secret of the vendor's.

pub mod apps;
pub mod calls;
pub mod confirm;
pub mod customer;
pub mod floor;
pub mod greenpin;
pub mod jobs;
pub mod keys;
pub mod missed;
pub mod policy;
pub mod quality;
pub mod settings;
pub mod subscribers;
pub mod users;
