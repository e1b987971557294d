//! A call's figures as text: for the screen, and as the JSON that goes with feedback. Decimals are made of whole numbers:
//! printing floating-point numbers is several KB of code.

use quality::Summary;

/// A decimal of so many places: `hundred(4.377, 2)` is `4.38`. Not below zero; what is no number is 0.
#[must_use]
pub fn decimal(value: f64, places: u32) -> String {
    let scale = 10_u64.pow(places);
    let whole = (value * scale as f64 + 0.5).max(0.0) as u64;
    if places == 0 {
        return whole.to_string();
    }
    let rest = (whole % scale).to_string();
    let zeros = "0".repeat((places as usize).saturating_sub(rest.len()));
    [&(whole / scale).to_string(), ".", &zeros, &rest].concat()
}

/// A share as a percentage: `0 %`, `2.5 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    [&decimal(share * 100.0, 1), " %"].concat()
}

/// Milliseconds: `38 ms`.
#[must_use]
pub fn millis(value: f64) -> String {
    [&decimal(value, 0), " ms"].concat()
}

/// The whole call for the server: seconds, packets, shares and ms; `null` for what was not measured.
#[must_use]
pub fn json(codec: &str, summary: &Summary) -> String {
    let known =
        |value: Option<f64>, places| value.map_or_else(|| "null".to_owned(), |value| decimal(value, places));
    let codec: String = codec.chars().filter(char::is_ascii_alphanumeric).collect();
    let fields = [
        ("codec", ["\"", &codec, "\""].concat()),
        ("seconds", decimal(summary.seconds, 0)),
        ("received", decimal(summary.received, 0)),
        ("sent", decimal(summary.sent, 0)),
        ("loss", decimal(summary.loss, 4)),
        ("mos", known(summary.mos, 2)),
        ("worst_mos", known(summary.worst, 2)),
        ("jitter_ms", decimal(summary.jitter, 1)),
        ("most_jitter_ms", decimal(summary.jitter_most, 1)),
        ("round_trip_ms", known(summary.round_trip, 0)),
        ("most_round_trip_ms", known(summary.round_trip_most, 0)),
        ("poor_seconds", decimal(summary.poor_seconds, 0)),
    ];
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| ["\"", name, "\":", value].concat())
        .collect();
    ["{", &fields.join(","), "}"].concat()
}

#[cfg(test)]
mod tests {
    use quality::Ledger;

    use super::*;

    #[test]
    fn decimals_are_rounded_and_keep_their_zeros() {
        let cases = [
            (4.377, 2, "4.38"),
            (4.0, 2, "4.00"),
            (0.004, 2, "0.00"),
            (0.05, 1, "0.1"),
            (99.996, 2, "100.00"),
            (38.4, 0, "38"),
            (-1.0, 1, "0.0"),
            (f64::NAN, 1, "0.0"),
        ];
        for (value, places, text) in cases {
            assert_eq!(decimal(value, places), text);
        }
        assert_eq!(percent(0.0251), "2.5 %");
        assert_eq!(millis(41.6), "42 ms");
    }

    #[test]
    fn the_json_reads_back() {
        let text = json("op\"us", &Ledger::default().summary());
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["codec"], "opus");
        assert_eq!(value["mos"], serde_json::Value::Null);
        assert_eq!(value["loss"], 0.0);
        assert_eq!(value.as_object().map(serde_json::Map::len), Some(12));
    }
}
