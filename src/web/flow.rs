//! Whether audio arrives, judged from packet counts and the ICE state. Pure: the samples come from `stats`.

/// How long ICE may be `disconnected` without a packet before the audio counts as disrupted, ms. Packets that fail to come
/// over a path that works are another matter: one direction is dead (`quality::OneWay`), and the call stays as it is.
pub const DOUBT: f64 = 1000.0;

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
    /// Both sides have agreed to send: packets must come. While a call is held, the path alone counts.
    pub expected: bool,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// The first packets of the call.
    First,
    /// Packets again after a stall.
    Again,
    /// No packets, and ICE is disconnected for [`DOUBT`] or has failed.
    Stalled,
}

/// ```text
///            packets          disconnected, no packets
/// Waiting ------------> Flowing -----------------> Stalled
///    |                     ^    <-----------------    ^
///    |                       packets, or path alone   |
///    +------------------------------------------------+
///                      disconnected
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Flow {
    /// No packet yet.
    Waiting {
        /// Since when ICE is disconnected.
        doubted: Option<f64>,
    },
    /// Packets come, or the path stands without.
    Flowing {
        /// Count at the last look.
        packets: f64,
        /// When the count last rose.
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
                let doubted = doubt(path, doubted, at);
                if path == Path::Failed || doubted.is_some_and(|since| at - since >= DOUBT) {
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
                let fresh = if packets > before { at } else { fresh };
                let doubted = doubt(path, doubted, at);
                let gone = |since: f64| at - since.max(fresh) >= DOUBT;
                if path == Path::Failed || doubted.is_some_and(gone) {
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
                if path == Path::Fine && (packets > before || !expected) {
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

/// Since when the path is doubted.
fn doubt(path: Path, since: Option<f64>, at: f64) -> Option<f64> {
    match path {
        Path::Fine => None,
        Path::Disconnected | Path::Failed => since.or(Some(at)),
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
    fn silence_over_a_path_that_works_is_no_disruption() {
        let looks = [
            (0.0, 1.0, Path::Fine, true),
            (4000.0, 1.0, Path::Fine, true),
            (60_000.0, 1.0, Path::Fine, true),
        ];
        assert_eq!(run(&looks), [(0.0, News::First)]);
    }

    #[test]
    fn a_disconnected_path_that_still_brings_packets_is_no_disruption() {
        let looks = [
            (0.0, 1.0, Path::Fine, true),
            (1000.0, 50.0, Path::Disconnected, true),
            (2000.0, 100.0, Path::Disconnected, true),
            (2250.0, 110.0, Path::Disconnected, true),
            // The last packet came by 2250.
            (3000.0, 110.0, Path::Disconnected, true),
            (3250.0, 110.0, Path::Disconnected, true),
        ];
        assert_eq!(run(&looks), [(0.0, News::First), (3250.0, News::Stalled)]);
    }

    #[test]
    fn a_held_call_goes_by_its_path() {
        let looks = [
            (0.0, 1.0, Path::Fine, true),
            (1000.0, 1.0, Path::Fine, false),
            (60_000.0, 1.0, Path::Fine, false),
            (61_000.0, 1.0, Path::Disconnected, false),
            (62_000.0, 1.0, Path::Disconnected, false),
            (63_000.0, 1.0, Path::Fine, false),
            (64_000.0, 1.0, Path::Fine, true),
        ];
        let news = [
            (0.0, News::First),
            (62_000.0, News::Stalled),
            (63_000.0, News::Again),
        ];
        assert_eq!(run(&looks), news);
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
