//! One-way audio: nothing arrives in one direction while the other works. Named by its direction within three seconds, and
//! treated step by step, the gentlest remedy first.

use serde::{Deserialize, Serialize};

use crate::Second;

/// Which direction is dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Way {
    /// We do not hear them.
    In,
    /// They do not hear us: nothing leaves, or the far side reports that nothing came.
    Out,
    /// They hear silence: packets leave, the microphone gives none but digital zeros.
    Microphone,
}

/// What to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// Attach the track anew: play theirs again, open our microphone again.
    Track,
    /// New ICE credentials and candidates, in a re-INVITE.
    Restart,
}

/// What a look says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// Both sides have agreed that they send.
    pub expect_in: bool,
    /// Both sides have agreed that we send.
    pub expect_out: bool,
    /// The agent has muted the microphone: its zeros are meant.
    pub muted: bool,
    /// ICE has a working path: else the fault is the path's, not one direction's.
    pub connected: bool,
}

/// What is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// This direction is dead: tell the agent, and try the remedy.
    Named(Way, Remedy),
    /// Still dead: try this.
    Try(Way, Remedy),
    /// Still dead after all remedies: tell the agent what is left to do.
    Hopeless(Way),
    /// It works again.
    Healed(Way),
}

/// Looks without a sign of life until it is said. With a look a second and a fault that begins just after one: three seconds.
const QUIET: u8 = 2;
/// The microphone may rest between words: digital zeros for so many looks are no pause.
const ZEROS: u8 = 3;
/// Looks that a remedy is given.
const PATIENCE: u8 = 4;
/// Far loss from which on nothing arrives there.
const ALL_LOST: f64 = 0.98;

/// ```text
///        2 quiet looks              4 looks           4 looks
/// Both --------------> Dead: Track --------> Restart --------> told
///   ^                    |                     |                 |
///   +--------------------+---- sign of life ---+-----------------+
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneWay {
    /// Nothing to say; quiet looks so far in each direction, [`Way::In`], [`Way::Out`], [`Way::Microphone`].
    Both {
        /// Without a packet of theirs.
        quiet_in: u8,
        /// Without a packet of ours, there or here.
        quiet_out: u8,
        /// Without sound in ours.
        zeros: u8,
    },
    /// This direction is dead.
    Dead {
        /// Which.
        way: Way,
        /// What is being tried; none after all were.
        trying: Option<Remedy>,
        /// For how many looks.
        looks: u8,
    },
}

impl Default for OneWay {
    fn default() -> Self {
        Self::Both {
            quiet_in: 0,
            quiet_out: 0,
            zeros: 0,
        }
    }
}

impl OneWay {
    /// The dead direction, while there is one.
    pub const fn dead(&self) -> Option<Way> {
        match self {
            Self::Both { .. } => None,
            Self::Dead { way, .. } => Some(*way),
        }
    }

    /// Takes a second and says what is new.
    pub fn step(self, second: &Second, signs: Signs) -> (Self, Option<Step>) {
        match self {
            Self::Both {
                quiet_in,
                quiet_out,
                zeros,
            } => {
                let count = |quiet: bool, before: u8| if quiet { before.saturating_add(1) } else { 0 };
                let quiet_in = count(is_dead(Way::In, second, signs), quiet_in);
                let quiet_out = count(is_dead(Way::Out, second, signs), quiet_out);
                let zeros = count(is_dead(Way::Microphone, second, signs), zeros);
                let way = if quiet_in >= QUIET {
                    Way::In
                } else if quiet_out >= QUIET {
                    Way::Out
                } else if zeros >= ZEROS {
                    Way::Microphone
                } else {
                    let both = Self::Both {
                        quiet_in,
                        quiet_out,
                        zeros,
                    };
                    return (both, None);
                };
                let dead = Self::Dead {
                    way,
                    trying: Some(Remedy::Track),
                    looks: 0,
                };
                (dead, Some(Step::Named(way, Remedy::Track)))
            }
            Self::Dead { way, trying, looks } => {
                // A hold, or a path that is gone altogether, is another machine's.
                if !is_asked(way, signs) {
                    return (Self::default(), Some(Step::Healed(way)));
                }
                if is_alive(way, second) {
                    return (Self::default(), Some(Step::Healed(way)));
                }
                if looks + 1 < PATIENCE {
                    let looks = looks + 1;
                    return (Self::Dead { way, trying, looks }, None);
                }
                let (trying, step) = next(way, trying);
                (
                    Self::Dead {
                        way,
                        trying,
                        looks: 0,
                    },
                    step,
                )
            }
        }
    }
}

/// The remedy after the one that did not help. New candidates do not mend a microphone.
const fn next(way: Way, tried: Option<Remedy>) -> (Option<Remedy>, Option<Step>) {
    match (way, tried) {
        (Way::In | Way::Out, Some(Remedy::Track)) => {
            (Some(Remedy::Restart), Some(Step::Try(way, Remedy::Restart)))
        }
        (Way::Microphone, Some(Remedy::Track)) | (_, Some(Remedy::Restart)) => {
            (None, Some(Step::Hopeless(way)))
        }
        (_, None) => (None, None),
    }
}

/// Whether anything may be expected in this direction.
const fn is_asked(way: Way, signs: Signs) -> bool {
    signs.connected
        && match way {
            Way::In => signs.expect_in,
            Way::Out => signs.expect_out,
            Way::Microphone => signs.expect_out && !signs.muted,
        }
}

/// Something was expected and there was no sign of it.
fn is_dead(way: Way, second: &Second, signs: Signs) -> bool {
    is_asked(way, signs)
        && match way {
            Way::In => second.received == 0.0,
            Way::Out => second.sent == 0.0 || second.far_loss.is_some_and(|loss| loss >= ALL_LOST),
            Way::Microphone => second.spoke == Some(false),
        }
}

/// There was a sign of it.
fn is_alive(way: Way, second: &Second) -> bool {
    match way {
        Way::In => second.received > 0.0,
        Way::Out => second.sent > 0.0 && second.far_loss.is_none_or(|loss| loss < ALL_LOST),
        Way::Microphone => second.spoke != Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Totals;

    const TALK: Signs = Signs {
        expect_in: true,
        expect_out: true,
        muted: false,
        connected: true,
    };

    fn second(received: f64, sent: f64, spoke: bool) -> Second {
        let mut now = Totals::default();
        (now.at, now.inbound.packets, now.outbound.packets) = (1000.0, received, sent);
        let second = Second::between(&Totals::default(), &now).unwrap();
        Second {
            spoke: Some(spoke),
            ..second
        }
    }

    fn run(seconds: &[Second], signs: Signs) -> Vec<(usize, Step)> {
        let mut machine = OneWay::default();
        let mut steps = Vec::new();
        for (index, second) in seconds.iter().enumerate() {
            let (next, step) = machine.step(second, signs);
            machine = next;
            steps.extend(step.map(|step| (index + 1, step)));
        }
        steps
    }

    #[test]
    fn a_dead_direction_is_named_at_the_second_quiet_look_and_treated() {
        let deaf = [second(0.0, 50.0, true); 12];
        assert_eq!(
            run(&deaf, TALK),
            [
                (2, Step::Named(Way::In, Remedy::Track)),
                (6, Step::Try(Way::In, Remedy::Restart)),
                (10, Step::Hopeless(Way::In)),
            ]
        );
        let dumb = [second(50.0, 0.0, true); 2];
        assert_eq!(run(&dumb, TALK), [(2, Step::Named(Way::Out, Remedy::Track))]);
    }

    #[test]
    fn the_far_sides_report_counts() {
        let lost = Second {
            far_loss: Some(1.0),
            ..second(50.0, 50.0, true)
        };
        assert_eq!(run(&[lost; 2], TALK), [(2, Step::Named(Way::Out, Remedy::Track))]);
    }

    #[test]
    fn a_sign_of_life_heals() {
        let mut seconds = vec![second(0.0, 50.0, true); 3];
        seconds.push(second(40.0, 50.0, true));
        let steps = run(&seconds, TALK);
        assert_eq!(steps.last(), Some(&(4, Step::Healed(Way::In))));
    }

    #[test]
    fn one_quiet_look_is_nothing() {
        let gap = [
            second(50.0, 50.0, true),
            second(0.0, 50.0, true),
            second(50.0, 50.0, true),
            second(0.0, 50.0, true),
        ];
        assert!(run(&gap, TALK).is_empty());
    }

    #[test]
    fn hold_mute_and_a_lost_path_are_not_one_way_audio() {
        let nothing = [second(0.0, 0.0, false); 10];
        let hold = Signs {
            expect_in: false,
            expect_out: false,
            ..TALK
        };
        assert!(run(&nothing, hold).is_empty());
        let lost = Signs {
            connected: false,
            ..TALK
        };
        assert!(run(&nothing, lost).is_empty());
        let muted = Signs { muted: true, ..TALK };
        assert!(run(&[second(50.0, 50.0, false); 10], muted).is_empty());
    }

    #[test]
    fn a_microphone_of_zeros_is_opened_anew_and_then_told() {
        let zeros = [second(50.0, 50.0, false); 8];
        assert_eq!(
            run(&zeros, TALK),
            [
                (3, Step::Named(Way::Microphone, Remedy::Track)),
                (7, Step::Hopeless(Way::Microphone)),
            ]
        );
    }
}
