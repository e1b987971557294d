//! Mean opinion score by the E-model (ITU-T G.107), as far as a browser knows its terms.
//!
//! ```text
//! R   = 93.2 - Id - Ie_eff                     all other terms at G.107's defaults
//! Id  = 0.024 d + 0.11 (d - 177.3) [d > 177.3] d: mouth to ear, ms
//! Ie_eff = 95 Ppl / (Ppl + Bpl)                Ie = 0; Ppl: % of packets lost at random
//! MOS = 1 + 0.035 R + R (R - 60) (100 - R) 7e-6
//! ```
//! `Id` is the usual two-piece fit of G.107's delay term. Bpl is 25.1, G.711 with concealment (G.113 Appendix I): browsers
//! conceal for every codec, and Opus has no value in G.113. The score says how a path treats speech, not how the codec
//! sounds: a clean narrow-band call and a clean wide-band one score alike.

/// Robustness against random loss.
const ROBUSTNESS: f64 = 25.1;
/// Where delay begins to disturb, ms.
const KNEE: f64 = 177.3;
/// The quality factor of an undisturbed connection.
const UNDISTURBED: f64 = 93.2;

/// MOS for a delay from mouth to ear in ms and a share of lost packets, 0 to 1. From 1 to about 4.4.
pub fn score(delay: f64, loss: f64) -> f64 {
    from_factor(UNDISTURBED - delay_impairment(delay.max(0.0)) - loss_impairment(loss.clamp(0.0, 1.0)))
}

/// A score in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Hardly anybody is dissatisfied.
    Good,
    /// Some are.
    Fair,
    /// Many are.
    Poor,
}

impl Grade {
    /// By Table B.1 of G.107: R of 80 and of 70.
    pub fn of(mos: f64) -> Self {
        if mos >= 4.03 {
            Self::Good
        } else if mos >= 3.6 {
            Self::Fair
        } else {
            Self::Poor
        }
    }
}

fn delay_impairment(delay: f64) -> f64 {
    0.024 * delay + 0.11 * (delay - KNEE).max(0.0)
}

fn loss_impairment(loss: f64) -> f64 {
    let percent = loss * 100.0;
    95.0 * percent / (percent + ROBUSTNESS)
}

/// Annex B of G.107.
fn from_factor(r: f64) -> f64 {
    if r <= 0.0 {
        1.0
    } else if r >= 100.0 {
        4.5
    } else {
        (1.0 + 0.035 * r + r * (r - 60.0) * (100.0 - r) * 7e-6).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 0.01
    }

    #[test]
    fn the_factor_maps_as_in_annex_b() {
        // Table B.1 of G.107: R 90, 80, 70, 60, 50.
        for (r, mos) in [
            (90.0, 4.34),
            (80.0, 4.03),
            (70.0, 3.60),
            (60.0, 3.10),
            (50.0, 2.58),
        ] {
            assert!(close(from_factor(r), mos), "{r}: {}", from_factor(r));
        }
        assert!(close(from_factor(-5.0), 1.0) && close(from_factor(120.0), 4.5));
    }

    #[test]
    fn loss_and_delay_each_lower_it() {
        assert!(close(score(0.0, 0.0), 4.41), "{}", score(0.0, 0.0));
        // 5 % of loss: Ie_eff = 95 * 5 / 30.1 = 15.8; R = 77.4.
        assert!(close(score(0.0, 0.05), 3.93), "{}", score(0.0, 0.05));
        // 400 ms: Id = 9.6 + 24.5; R = 59.1.
        assert!(close(score(400.0, 0.0), 3.05), "{}", score(400.0, 0.0));
        assert!(score(100.0, 0.01) > score(100.0, 0.03));
        assert!(close(score(5000.0, 1.0), 1.0));
    }

    #[test]
    fn nonsense_stays_within_the_scale() {
        for (delay, loss) in [(-10.0, -1.0), (1e9, 7.0), (f64::NAN, 0.0)] {
            let mos = score(delay, loss);
            assert!((1.0..=4.5).contains(&mos), "{delay} {loss}: {mos}");
        }
    }
}
