//! How a call sounds, for a host that asks.

use protocol::embed::{Fault, FaultCode, Outcome, Statistics};
use quality::{Second, Totals};

use super::Settled;

/// What comes of measuring: the codec, the counters now, and the second that was measured; `None` where nothing could be.
pub fn measured(found: Option<(String, Totals, Second)>) -> Settled {
    let Some((codec, totals, second)) = found else {
        let message = "The call has no audio that could be measured. Try again once it is connected.";
        return Err(Fault::passing(FaultCode::WrongState, message));
    };
    Ok(Outcome::Statistics(figures(codec, &totals, &second)))
}

fn figures(codec: String, totals: &Totals, second: &Second) -> Statistics {
    Statistics {
        codec,
        received: whole(totals.inbound.packets),
        lost: whole(totals.inbound.lost),
        sent: whole(totals.outbound.packets),
        loss_permille: whole(second.loss * 1_000.0),
        far_loss_permille: second.far_loss.map(|loss| whole(loss * 1_000.0)),
        jitter_ms: whole(second.jitter),
        round_trip_ms: second.round_trip.map(whole),
        kbps_in: whole(second.kbps_in),
        kbps_out: whole(second.kbps_out),
        mos_tenths: whole(second.mos * 10.0),
    }
}

/// Rounded; what is no number or below zero is 0.
fn whole(value: f64) -> u32 {
    (value + 0.5) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(at: f64, packets: f64, lost: f64) -> Totals {
        let mut totals = Totals {
            at,
            path_round_trip: Some(0.0384),
            ..Totals::default()
        };
        totals.inbound.packets = packets;
        totals.inbound.lost = lost;
        totals.inbound.jitter = 0.0126;
        totals.outbound.packets = packets;
        totals
    }

    #[test]
    fn figures_are_of_the_second_and_counts_of_the_whole_call() {
        let (before, now) = (totals(0.0, 100.0, 0.0), totals(1_000.0, 145.0, 5.0));
        let second = Second::between(&before, &now).unwrap();
        let told = figures("opus".into(), &now, &second);
        assert_eq!((told.received, told.lost, told.sent), (145, 5, 145));
        assert_eq!(
            (told.loss_permille, told.jitter_ms, told.round_trip_ms),
            (100, 13, Some(38))
        );
        assert!((10..=45).contains(&told.mos_tenths), "{told:?}");
        assert_eq!(whole(f64::NAN), 0);
        assert_eq!(whole(-3.0), 0);
    }
}
