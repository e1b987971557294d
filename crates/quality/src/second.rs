//! What happened between two looks.

use serde::{Deserialize, Serialize};

use crate::mos;
use crate::totals::Totals;

/// Samples of a jitter buffer are counted at this rate, whatever the codec.
const RATE: f64 = 48_000.0;
/// Packetisation and capture of our own side and theirs, ms: one packet (RFC 3551 §4.2) and about as much in devices.
const DEVICES: f64 = 40.0;

/// About a second of a call.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Second {
    /// When it ended, ms on the clock of [`Totals::at`].
    pub at: f64,
    /// Its length, ms.
    pub length: f64,
    /// Packets that came.
    pub received: f64,
    /// Packets that went.
    pub sent: f64,
    /// Share of packets that did not come, 0 to 1.
    pub loss: f64,
    /// Share of our packets that did not reach the far side by its last report, 0 to 1.
    pub far_loss: Option<f64>,
    /// A report of the far side came.
    pub reported: bool,
    /// Jitter of arrival, ms.
    pub jitter: f64,
    /// Round trip, ms: the far side's reports, else the path's checks.
    pub round_trip: Option<f64>,
    /// From their mouth to our ear, ms, as far as it can be known.
    pub delay: f64,
    /// Share of the sound that was made up, 0 to 1.
    pub concealed: f64,
    /// kbit/s of audio that came.
    pub kbps_in: f64,
    /// kbit/s of audio that went.
    pub kbps_out: f64,
    /// Sound was in what came.
    pub heard: bool,
    /// Sound was in what the microphone gave; none where the browser does not say.
    pub spoke: Option<bool>,
    /// Mean opinion score, 1 to 4.5: see [`mos`].
    pub mos: f64,
}

impl Second {
    /// From two looks. None when they are no pair: no time between them, or counters that begin anew, as after a new connection.
    pub fn between(before: &Totals, now: &Totals) -> Option<Self> {
        let length = now.at - before.at;
        let received = now.inbound.packets - before.inbound.packets;
        let sent = now.outbound.packets - before.outbound.packets;
        if length <= 0.0 || received < 0.0 || sent < 0.0 {
            return None;
        }
        let lost = (now.inbound.lost - before.inbound.lost).max(0.0);
        let loss = share(lost, lost + received);
        let buffer = share(
            now.inbound.buffered - before.inbound.buffered,
            now.inbound.emitted - before.inbound.emitted,
        );
        let far_trip = now.far.and_then(|far| far.round_trip);
        let round_trip = far_trip.or(now.path_round_trip).map(|seconds| seconds * 1000.0);
        let delay = round_trip.unwrap_or_default() / 2.0 + buffer_ms(buffer) + DEVICES;
        let kbps = |bytes: f64| (bytes * 8.0 / length).max(0.0);
        Some(Self {
            at: now.at,
            length,
            received,
            sent,
            loss,
            far_loss: now.far.map(|far| far.loss),
            reported: now.far.map(|far| far.reports) != before.far.map(|far| far.reports),
            jitter: now.inbound.jitter * 1000.0,
            round_trip,
            delay,
            concealed: share(
                now.inbound.concealed - before.inbound.concealed,
                now.inbound.samples - before.inbound.samples,
            ),
            kbps_in: kbps(now.inbound.bytes - before.inbound.bytes),
            kbps_out: kbps(now.outbound.bytes - before.outbound.bytes),
            heard: now.inbound.energy > before.inbound.energy,
            spoke: now
                .outbound
                .energy
                .zip(before.outbound.energy)
                .map(|(now, before)| now > before),
            mos: mos::score(delay, loss),
        })
    }
}

/// `part` of `whole`, 0 to 1; 0 of nothing.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole).max(0.0) } else { 0.0 }
}

/// The mean stay in the jitter buffer, ms. Browsers sum it in seconds per sample; absurd sums count as a full buffer.
fn buffer_ms(seconds: f64) -> f64 {
    (seconds * 1000.0).min(RATE / 48.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::totals::{FarSide, Inbound, Outbound};

    fn look(at: f64, packets: f64, lost: f64) -> Totals {
        Totals {
            at,
            inbound: Inbound {
                packets,
                lost,
                bytes: packets * 160.0,
                jitter: 0.004,
                samples: packets * 960.0,
                concealed: lost * 960.0,
                buffered: packets * 960.0 * 0.06,
                emitted: packets * 960.0,
                energy: packets,
            },
            outbound: Outbound {
                packets,
                bytes: packets * 160.0,
                energy: Some(0.0),
            },
            far: None,
            path_round_trip: Some(0.1),
        }
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 0.01
    }

    #[test]
    fn rates_are_of_the_time_between() {
        let second = Second::between(&look(0.0, 100.0, 0.0), &look(1000.0, 145.0, 5.0)).unwrap();
        assert!(close(second.loss, 0.1), "{second:?}");
        assert!(
            close(second.kbps_in, 57.6) && close(second.jitter, 4.0),
            "{second:?}"
        );
        // Half the round trip, the buffer, the devices.
        assert!(close(second.delay, 50.0 + 60.0 + 40.0), "{second:?}");
        assert!(second.heard && second.spoke == Some(false), "{second:?}");
        assert!(!second.reported && second.far_loss.is_none());
    }

    #[test]
    fn a_packet_that_comes_late_after_all_is_no_negative_loss() {
        let second = Second::between(&look(0.0, 100.0, 9.0), &look(1000.0, 150.0, 8.0)).unwrap();
        assert!(close(second.loss, 0.0));
    }

    #[test]
    fn a_new_connection_begins_anew() {
        assert_eq!(
            Second::between(&look(0.0, 100.0, 0.0), &look(1000.0, 3.0, 0.0)),
            None
        );
        assert_eq!(
            Second::between(&look(0.0, 100.0, 0.0), &look(0.0, 100.0, 0.0)),
            None
        );
    }

    #[test]
    fn the_far_sides_round_trip_goes_before_the_paths() {
        let mut now = look(1000.0, 50.0, 0.0);
        now.far = Some(FarSide {
            round_trip: Some(0.3),
            loss: 0.02,
            reports: 1.0,
            ..FarSide::default()
        });
        let second = Second::between(&look(0.0, 0.0, 0.0), &now).unwrap();
        assert_eq!(second.round_trip, Some(300.0));
        assert!(second.reported);
        assert_eq!(second.far_loss, Some(0.02));
    }
}
