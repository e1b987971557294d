//! What admins change, behind the routes of [`crate::api::admin`].
//!
//! | file | holds |
//! |---|---|
//! | [`apps`] | which app is in use, and the secrets of the others |
//! | [`confirm`] | what is typed before something goes for good; pure |
//! | [`jobs`] | many additions at once |
//! | [`meanwhile`] | two who edit one thing |
//! | [`missed`] | missed calls, and who called back; pure |
//! | [`policy`] | what whom is allowed |
//! | [`sealed`] | secrets at rest; pure |

pub mod apps;
pub mod confirm;
pub mod jobs;
pub mod meanwhile;
pub mod missed;
pub mod policy;
pub mod sealed;
