//! Whether audio arrives, judged from packet counts and the ICE state. Pure: the samples come from `stats`.

/// How long ICE may be `disconnected` before the path is in doubt, ms.
pub const DOUBT: f64 = 1000.0;
/// How long packets may fail to come, while both sides should be sending, before the path is in doubt, ms. Comfort noise
/// (RFC 3389) and Opus DTX (RFC 6716 §2.1.9, one frame in 400 ms) keep well within.
pub const SILENCE: f64 = 5000.0;

/// What ICE says of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// Checks are under way, or it works.
    Fine,
    /// Consent checks go unanswered (RFC 7675); it may heal.
    Disconnected,
    /// It will not heal by itself.
    Failed,
}

/// One look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// When, ms.
    pub at: f64,
    /// Packets received so far on this connection.
    pub packets: f64,
    /// ICE.
    pub path: Path,
    /// Both sides have agreed to send: packets must come.
    pub expected: bool,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// The first packets of the call.
    First,
    /// Packets again after a stall.
    Again,
    /// The path is in doubt.
    Stalled,
}

/// ```text
///            packets              path in doubt
/// Waiting ------------> Flowing -----------------> Stalled
///    |                     ^    <-----------------    ^
///    |                              packets           |
///    +------------------------------------------------+
///                     path in doubt
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Flow {
    /// No packet yet.
    Waiting {
        /// Since when ICE is disconnected.
        doubted: Option<f64>,
    },
    /// Packets come, or nobody expects any.
    Flowing {
        /// Count at the last look.
        packets: f64,
        /// When the count last rose, or none was expected.
        fresh: f64,
        /// Since when ICE is disconnected.
        doubted: Option<f64>,
    },
    /// Reported as stalled.
    Stalled {
        /// Count when it stalled.
        packets: f64,
        /// There had been packets before.
        heard: bool,
    },
}

impl Default for Flow {
    fn default() -> Self {
        Self::Waiting { doubted: None }
    }
}

impl Flow {
    /// Takes one look and says what is new.
    pub fn step(self, sample: Sample) -> (Self, Option<News>) {
        let Sample {
            at,
            packets,
            path,
            expected,
        } = sample;
        match self {
            Self::Waiting { doubted } => {
                if packets > 0.0 {
                    return (
                        Self::Flowing {
                            packets,
                            fresh: at,
                            doubted: None,
                        },
                        Some(News::First),
                    );
                }
                let (doubted, gone) = doubt(path, doubted, at);
                if gone {
                    return (
                        Self::Stalled {
                            packets,
                            heard: false,
                        },
                        Some(News::Stalled),
                    );
                }
                (Self::Waiting { doubted }, None)
            }
            Self::Flowing {
                packets: before,
                fresh,
                doubted,
            } => {
                let fresh = if packets > before || !expected { at } else { fresh };
                let (doubted, gone) = doubt(path, doubted, at);
                if gone || at - fresh >= SILENCE {
                    return (Self::Stalled { packets, heard: true }, Some(News::Stalled));
                }
                (
                    Self::Flowing {
                        packets,
                        fresh,
                        doubted,
                    },
                    None,
                )
            }
            Self::Stalled {
                packets: before,
                heard,
            } => {
                if packets > before && path == Path::Fine {
                    let news = if heard { News::Again } else { News::First };
                    return (
                        Self::Flowing {
                            packets,
                            fresh: at,
                            doubted: None,
                        },
                        Some(news),
                    );
                }
                (
                    Self::Stalled {
                        packets: before,
                        heard,
                    },
                    None,
                )
            }
        }
    }

    /// How long to wait for the next look, ms: close together until the first packet.
    pub fn pace(self) -> u32 {
        match self {
            Self::Waiting { .. } => 50,
            Self::Flowing { doubted: Some(_), .. } | Self::Stalled { .. } => 250,
            Self::Flowing { doubted: None, .. } => 1000,
        }
    }
}

/// Since when the path is doubted, and whether that is long enough.
fn doubt(path: Path, since: Option<f64>, at: f64) -> (Option<f64>, bool) {
    match path {
        Path::Fine => (None, false),
        Path::Disconnected => {
            let since = since.unwrap_or(at);
            (Some(since), at - since >= DOUBT)
        }
        Path::Failed => (since, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs the looks (at, packets, path, expected) and collects what was news when.
    fn run(looks: &[(f64, f64, Path, bool)]) -> Vec<(f64, News)> {
        let mut flow = Flow::default();
        let mut news = Vec::new();
        for &(at, packets, path, expected) in looks {
            let (next, new) = flow.step(Sample {
                at,
                packets,
                path,
                expected,
            });
            flow = next;
            news.extend(new.map(|new| (at, new)));
        }
        news
    }

    #[test]
    fn first_packet_is_told_once() {
        let looks = [
            (0.0, 0.0, Path::Fine, true),
            (50.0, 2.0, Path::Fine, true),
            (1050.0, 52.0, Path::Fine, true),
        ];
        assert_eq!(run(&looks), [(50.0, News::First)]);
    }

    #[test]
    fn a_short_disconnection_heals_unnoticed() {
        let looks = [
            (0.0, 1.0, Path::Fine, true),
            (1000.0, 1.0, Path::Disconnected, true),
            (1900.0, 1.0, Path::Disconnected, true),
            (1950.0, 9.0, Path::Fine, true),
            (2950.0, 9.0, Path::Disconnected, true),
            (3900.0, 9.0, Path::Disconnected, true),
        ];
        assert_eq!(run(&looks), [(0.0, News::First)]);
    }

    #[test]
    fn a_second_of_disconnection_is_a_stall_until_packets_return() {
        let looks = [
            (0.0, 1.0, Path::Fine, true),
            (6000.0, 100.0, Path::Disconnected, true),
            (7000.0, 100.0, Path::Disconnected, true),
            (9000.0, 100.0, Path::Fine, true),
            (9250.0, 103.0, Path::Fine, true),
        ];
        assert_eq!(
            run(&looks),
            [(0.0, News::First), (7000.0, News::Stalled), (9250.0, News::Again)]
        );
    }

    #[test]
    fn silence_counts_only_while_both_should_send() {
        let held = [
            (0.0, 1.0, Path::Fine, true),
            (1000.0, 1.0, Path::Fine, false),
            (60_000.0, 1.0, Path::Fine, false),
            (64_000.0, 1.0, Path::Fine, true),
        ];
        assert_eq!(run(&held), [(0.0, News::First)]);
        let lost = [
            (0.0, 1.0, Path::Fine, true),
            (4999.0, 1.0, Path::Fine, true),
            (5000.0, 1.0, Path::Fine, true),
        ];
        assert_eq!(run(&lost), [(0.0, News::First), (5000.0, News::Stalled)]);
    }

    #[test]
    fn no_path_at_all_is_a_stall_and_later_packets_are_the_first() {
        let looks = [
            (0.0, 0.0, Path::Fine, true),
            (9000.0, 0.0, Path::Failed, true),
            (9900.0, 4.0, Path::Fine, true),
        ];
        assert_eq!(run(&looks), [(9000.0, News::Stalled), (9900.0, News::First)]);
    }
}
