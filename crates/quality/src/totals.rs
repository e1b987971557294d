//! What a browser has counted so far, at one moment.

/// A look at a connection. Counters grow from the connection's beginning.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// When, ms on any steady clock.
    pub at: f64,
    /// Audio that came (`inbound-rtp`).
    pub inbound: Inbound,
    /// Audio that went (`outbound-rtp`, `media-source`).
    pub outbound: Outbound,
    /// What the far side reports of our audio (`remote-inbound-rtp`); none before its first report.
    pub far: Option<FarSide>,
    /// Round trip of the path's own checks, seconds (`candidate-pair`).
    pub path_round_trip: Option<f64>,
}

/// Audio that came.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Inbound {
    /// Packets.
    pub packets: f64,
    /// Packets that never came. May shrink, when one comes late after all (RFC 3550 §6.4.1).
    pub lost: f64,
    /// Bytes of audio.
    pub bytes: f64,
    /// Jitter of arrival now, seconds (RFC 3550 §6.4.1).
    pub jitter: f64,
    /// Samples played.
    pub samples: f64,
    /// Of these, made up for what did not come, without those made up while nobody spoke.
    pub concealed: f64,
    /// Seconds that all samples waited in the jitter buffer together.
    pub buffered: f64,
    /// Samples that left the jitter buffer.
    pub emitted: f64,
    /// Energy of what was played, as the browser sums it: it stands still in digital silence.
    pub energy: f64,
}

/// Audio that went.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Outbound {
    /// Packets.
    pub packets: f64,
    /// Bytes of audio.
    pub bytes: f64,
    /// Energy of what the microphone gave; none where the browser does not say.
    pub energy: Option<f64>,
}

/// What the far side reported last.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FarSide {
    /// Round trip, seconds.
    pub round_trip: Option<f64>,
    /// Jitter of our audio there, seconds.
    pub jitter: f64,
    /// Share of our packets lost since the report before, 0 to 1.
    pub loss: f64,
    /// How many reports have come, or anything else that changes with each.
    pub reports: f64,
}
