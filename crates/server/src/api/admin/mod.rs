//! What admins and supervisors ask. One file a subject; what stands behind is in [`crate::admin`].

pub mod apps;
pub mod calls;
pub mod customer;
pub mod floor;
pub mod jobs;
pub mod keys;
pub mod missed;
pub mod outgoing;
pub mod policy;
pub mod quality;
pub mod settings;
pub mod subscribers;
pub mod users;

use exotel::Timestamp;
use protocol::Millis;

use crate::App;

/// A moment as the vendor wrote it; in the account's zone where it named none.
fn moment(app: &App, time: &Timestamp) -> Option<Millis> {
    time.unix_ms_in(app.config.vendor.time_zone)
}
