//! What admins and supervisors ask. One file a subject; what stands behind is in [`crate::admin`].

pub mod apps;
pub mod calls;
pub mod customer;
pub mod floor;
pub mod jobs;
pub mod missed;
pub mod policy;
pub mod quality;
pub mod settings;
pub mod subscribers;
pub mod users;

use exotel::{IST, Timestamp};
use protocol::Millis;

/// A moment as the vendor wrote it; India's time where it named no zone.
fn moment(time: &Timestamp) -> Option<Millis> {
    time.unix_ms_in(IST)
}
