//! Local accounts, one's own sessions, and who changed what.

pub(crate) mod accounts;
pub(crate) mod audit;
mod edit;
pub(crate) mod sessions;
