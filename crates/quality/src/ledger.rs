//! The whole call in a few figures: for the feedback and for support.

use serde::{Deserialize, Serialize};

use crate::Second;

/// Seconds of a call, added up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Ledger {
    seconds: f64,
    received: f64,
    expected: f64,
    sent: f64,
    mos_sum: f64,
    mos_least: f64,
    jitter_sum: f64,
    jitter_most: f64,
    trip_sum: f64,
    trips: f64,
    trip_most: f64,
    poor: f64,
}

/// What is told of a call.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Seconds measured.
    pub seconds: f64,
    /// Packets that came.
    pub received: f64,
    /// Packets that went.
    pub sent: f64,
    /// Share that did not come, 0 to 1.
    pub loss: f64,
    /// Mean score; none if nothing was measured.
    pub mos: Option<f64>,
    /// The worst second's.
    pub worst: Option<f64>,
    /// Mean jitter, ms.
    pub jitter: f64,
    /// The most, ms.
    pub jitter_most: f64,
    /// Mean round trip, ms.
    pub round_trip: Option<f64>,
    /// The longest, ms.
    pub round_trip_most: Option<f64>,
    /// Seconds with a score below 3.1, at which many people are dissatisfied (G.107 Table B.1).
    pub poor_seconds: f64,
}

/// Below it many people are dissatisfied.
const POOR: f64 = 3.1;

impl Ledger {
    /// Adds a second in which audio was expected.
    pub fn add(&mut self, second: &Second) {
        self.mos_least = if self.seconds == 0.0 {
            second.mos
        } else {
            self.mos_least.min(second.mos)
        };
        self.seconds += 1.0;
        self.received += second.received;
        self.expected += if second.loss < 1.0 {
            second.received / (1.0 - second.loss)
        } else {
            second.received
        };
        self.sent += second.sent;
        self.mos_sum += second.mos;
        self.jitter_sum += second.jitter;
        self.jitter_most = self.jitter_most.max(second.jitter);
        if let Some(trip) = second.round_trip {
            self.trip_sum += trip;
            self.trips += 1.0;
            self.trip_most = self.trip_most.max(trip);
        }
        if second.mos < POOR {
            self.poor += 1.0;
        }
    }

    /// What stands in it.
    pub fn summary(&self) -> Summary {
        let measured = self.seconds > 0.0;
        let mean = |sum: f64, count: f64| (count > 0.0).then(|| sum / count);
        Summary {
            seconds: self.seconds,
            received: self.received,
            sent: self.sent,
            loss: mean(self.expected - self.received, self.expected).unwrap_or_default(),
            mos: mean(self.mos_sum, self.seconds),
            worst: measured.then_some(self.mos_least),
            jitter: mean(self.jitter_sum, self.seconds).unwrap_or_default(),
            jitter_most: self.jitter_most,
            round_trip: mean(self.trip_sum, self.trips),
            round_trip_most: (self.trips > 0.0).then_some(self.trip_most),
            poor_seconds: self.poor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Totals;

    fn second(lost: f64, trip: Option<f64>) -> Second {
        let mut now = Totals {
            at: 1000.0,
            path_round_trip: trip,
            ..Totals::default()
        };
        (now.inbound.packets, now.inbound.lost) = (50.0 - lost, lost);
        (now.inbound.jitter, now.outbound.packets) = (lost / 1000.0, 50.0);
        Second::between(&Totals::default(), &now).unwrap()
    }

    #[test]
    fn means_and_extremes() {
        let mut ledger = Ledger::default();
        ledger.add(&second(0.0, None));
        ledger.add(&second(25.0, Some(0.2)));
        let summary = ledger.summary();
        assert!((summary.loss - 0.25).abs() < 1e-9, "{summary:?}");
        assert_eq!(
            (summary.seconds, summary.received, summary.sent),
            (2.0, 75.0, 100.0)
        );
        assert_eq!(summary.round_trip, Some(200.0));
        assert_eq!((summary.jitter, summary.jitter_most), (12.5, 25.0));
        assert_eq!(summary.poor_seconds, 1.0);
        assert!(summary.worst.unwrap() < summary.mos.unwrap());
    }

    #[test]
    fn nothing_measured_is_said_so() {
        let summary = Ledger::default().summary();
        assert_eq!(
            (summary.mos, summary.worst, summary.round_trip),
            (None, None, None)
        );
        assert_eq!(summary.loss, 0.0);
    }
}
