//! How a call sounds, in figures (seed: voice-client-sdk-guide §4.6).

use serde::{Deserialize, Serialize};

/// The figures of a call's audio as they were measured over one second. Whole numbers: a share of 25 is 2.5 %.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Statistics {
    /// What the sound is encoded by: `opus`, `PCMA`; empty while nothing has come.
    pub codec: String,
    /// Packets that came since the beginning.
    pub received: u32,
    /// Packets that never came since the beginning.
    pub lost: u32,
    /// Packets that went since the beginning.
    pub sent: u32,
    /// Of a thousand packets in this second, how many did not come.
    pub loss_permille: u32,
    /// The same of our packets at the far side, by its last report.
    pub far_loss_permille: Option<u32>,
    /// Jitter of arrival, ms.
    pub jitter_ms: u32,
    /// Round trip, ms.
    pub round_trip_ms: Option<u32>,
    /// Audio that came in this second, kbit/s.
    pub kbps_in: u32,
    /// Audio that went in this second, kbit/s.
    pub kbps_out: u32,
    /// Tenths of the mean opinion score, from 10 to 45: 43 is 4.3.
    pub mos_tenths: u32,
}
