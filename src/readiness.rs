//! The test before a shift: its parts, how each is judged, and how the last one is kept in this browser. Pure; the panes run it.

use phone::Millis;
use quality::{Grade, Summary};

use crate::language::{fill, t};
use crate::notices::Notice;
use crate::notices::readiness as notices;
use crate::statistics::{decimal, millis, percent};

/// Seconds of the test call that are measured.
pub const MEASURED: f64 = 6.0;
/// What a voice at a headset reaches, dB below full scale.
pub const VOICE: f64 = -45.0;
/// More of the sound than this may not be lost, as a share.
const LOST: f64 = 0.02;
/// Packets may arrive so unevenly, ms.
const UNEVEN: f64 = 30.0;
/// There and back, ms; G.114 wants less than 150 one way.
const SLOW: f64 = 300.0;

/// What is tried, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The phone is registered.
    Phone,
    /// The browser lets this site use what it needs.
    Permissions,
    /// The microphone hears a voice.
    Microphone,
    /// The speaker sounds.
    Speaker,
    /// A call to an echo.
    Call,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Phone,
        Self::Permissions,
        Self::Microphone,
        Self::Speaker,
        Self::Call,
    ];

    /// Its name on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Phone => t("Phone"),
            Self::Permissions => t("Permissions"),
            Self::Microphone => t("Microphone"),
            Self::Speaker => t("Speaker"),
            Self::Call => t("Test call"),
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Phone => 'p',
            Self::Permissions => 'b',
            Self::Microphone => 'm',
            Self::Speaker => 's',
            Self::Call => 'c',
        }
    }
}

/// How a part went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Well; what was found.
    Good(String),
    /// Not well: what to do, and what was found.
    Bad(Notice, String),
    /// It could not be tried here; why.
    Skipped(String),
}

/// A microphone that was listened to: the loudest it was, dB below full scale.
#[must_use]
pub fn microphone(device: &str, loudest: f64) -> Verdict {
    if loudest > VOICE {
        Verdict::Good(fill("{0} hears you.", &[device]))
    } else {
        Verdict::Bad(notices::NO_VOICE, String::new())
    }
}

/// A test call; none if it did not come up.
#[must_use]
pub fn call(summary: Option<&Summary>) -> Verdict {
    let Some(summary) = summary.filter(|summary| summary.received > 0.0) else {
        return Verdict::Bad(notices::NO_CALL, String::new());
    };
    let mos = summary.mos.unwrap_or(1.0);
    let trip = summary.round_trip;
    let found = fill(
        "Score {0}, lost {1}, jitter {2}, round trip {3}.",
        &[
            &decimal(mos, 1),
            &percent(summary.loss),
            &millis(summary.jitter),
            &trip.map_or_else(|| t("unknown").to_owned(), millis),
        ],
    );
    let worst = if summary.loss > LOST {
        Some(notices::LOSSY)
    } else if trip.is_some_and(|trip| trip > SLOW) {
        Some(notices::SLOW)
    } else if summary.jitter > UNEVEN || Grade::of(mos) != Grade::Good {
        Some(notices::UNEVEN)
    } else {
        None
    };
    match worst {
        None => Verdict::Good(found),
        Some(notice) => Verdict::Bad(notice, found),
    }
}

/// The last test of this agent in this browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// When it ended.
    pub at: Millis,
    /// What did not go well.
    pub bad: Vec<Part>,
}

impl Last {
    /// Of a test that ended at this moment.
    #[must_use]
    pub fn of(at: Millis, done: &[(Part, Verdict)]) -> Self {
        let bad = done
            .iter()
            .filter(|(_, verdict)| matches!(verdict, Verdict::Bad(..)));
        Self {
            at,
            bad: bad.map(|(part, _)| *part).collect(),
        }
    }

    /// Reads the text that [`Last::write`] has made: the moment, and a letter for each part that did not go well.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (at, letters) = text.split_once(' ')?;
        let part = |letter| Part::ALL.into_iter().find(|part| part.letter() == letter);
        Some(Self {
            at: at.parse().ok()?,
            bad: letters.chars().filter_map(part).collect(),
        })
    }

    /// The text to be kept.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = self.at.to_string();
        text.push(' ');
        text.extend(self.bad.iter().map(|part| part.letter()));
        text
    }
}

#[cfg(test)]
mod tests {
    use quality::Ledger;

    use super::*;

    fn summary(loss: f64, jitter: f64, round_trip: f64, mos: f64) -> Summary {
        Summary {
            seconds: MEASURED,
            received: 300.0,
            loss,
            jitter,
            round_trip: Some(round_trip),
            mos: Some(mos),
            ..Ledger::default().summary()
        }
    }

    fn title(verdict: Verdict) -> String {
        match verdict {
            Verdict::Bad(notice, _) => {
                assert!(notice.remedy.is_some(), "{notice:?}");
                notice.title.into_owned()
            }
            Verdict::Good(found) | Verdict::Skipped(found) => found,
        }
    }

    #[test]
    fn a_good_call_is_told_in_figures() {
        let good = call(Some(&summary(0.0, 3.4, 21.0, 4.39)));
        let words = "Score 4.4, lost 0.0 %, jitter 3 ms, round trip 21 ms.";
        assert_eq!(good, Verdict::Good(words.into()));
    }

    #[test]
    fn what_is_worst_of_a_call_is_named() {
        let cases = [
            (summary(0.05, 3.0, 20.0, 3.9), notices::LOSSY),
            (summary(0.0, 3.0, 480.0, 3.4), notices::SLOW),
            (summary(0.0, 60.0, 20.0, 4.2), notices::UNEVEN),
            (summary(0.01, 10.0, 200.0, 3.7), notices::UNEVEN),
        ];
        for (summary, notice) in cases {
            assert_eq!(title(call(Some(&summary))), notice.title, "{summary:?}");
        }
        assert_eq!(title(call(None)), notices::NO_CALL.title);
        assert_eq!(
            title(call(Some(&Ledger::default().summary()))),
            notices::NO_CALL.title
        );
    }

    #[test]
    fn a_voice_is_louder_than_a_room() {
        assert_eq!(
            microphone("Headset", -30.0),
            Verdict::Good("Headset hears you.".into())
        );
        assert_eq!(title(microphone("Headset", -60.0)), notices::NO_VOICE.title);
    }

    #[test]
    fn the_last_test_survives_its_text() {
        let done = [
            (Part::Phone, Verdict::Good(String::new())),
            (Part::Microphone, Verdict::Bad(notices::NO_VOICE, String::new())),
            (Part::Speaker, Verdict::Skipped(String::new())),
            (Part::Call, Verdict::Bad(notices::NO_CALL, String::new())),
        ];
        let last = Last::of(1_700_000_000_000, &done);
        assert_eq!(last.bad, [Part::Microphone, Part::Call]);
        assert_eq!(Last::read(&last.write()), Some(last));
        for text in ["", "x", "now m"] {
            assert_eq!(Last::read(text), None, "{text}");
        }
    }
}
