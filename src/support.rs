//! What support is told of a page: versions, the browser, how the registration and the last calls went, what was said to the
//! agent. Without numbers, names of customers and secrets: what may hold one has no place here, and digits are hidden.

use std::collections::VecDeque;

use phone::Millis;
use quality::Summary;

use crate::statistics;

/// Entries of each kind that are kept.
const KEPT: usize = 60;
/// A run of fewer digits is no subscriber's number.
const SHORTEST: usize = 6;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The registration came to stand so.
    Link(String),
    /// A notice was shown, by its title.
    Told(String),
    /// A call was over that was carried here: the platform's id of it, and its figures as JSON.
    Call {
        /// The id; empty where no server knows the call.
        sid: String,
        /// See [`statistics::json`].
        figures: String,
    },
}

impl Event {
    /// A call's figures.
    #[must_use]
    pub fn call(sid: &str, codec: &str, summary: &Summary) -> Self {
        Self::Call {
            sid: sid.to_owned(),
            figures: statistics::json(codec, summary),
        }
    }
}

/// The last events, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Diary {
    events: VecDeque<(Millis, Event)>,
}

impl Diary {
    /// Writes down what happened. What lasts is written once.
    pub fn add(&mut self, at: Millis, event: Event) {
        if self.events.back().is_some_and(|(_, last)| *last == event) {
            return;
        }
        if self.events.len() == KEPT {
            self.events.pop_front();
        }
        self.events.push_back((at, event));
    }

    /// The first moment that it covers.
    #[must_use]
    pub fn since(&self) -> Option<Millis> {
        self.events.front().map(|(at, _)| *at)
    }

    /// As lines: the moment, what the browser is, then a line for each event, which begins with its moment.
    #[must_use]
    pub fn lines(&self, now: Millis, about: &[(&str, String)]) -> Vec<String> {
        let moment = ["now: ", &now.to_string()].concat();
        let about = about
            .iter()
            .map(|(name, value)| [*name, ": ", &without_numbers(value)].concat());
        let events = self.events.iter().map(|(at, event)| {
            let (kind, text) = match event {
                Event::Link(words) => (" link ", without_numbers(words)),
                Event::Told(title) => (" told ", without_numbers(title)),
                // An id and figures of ours: no number is in them.
                Event::Call { sid, figures } => (" call ", [sid.as_str(), " ", figures].concat()),
            };
            [&at.to_string(), kind, &text].concat()
        });
        [moment].into_iter().chain(about).chain(events).collect()
    }
}

/// `text` without what may be a number: six digits or more, with separators in between.
#[must_use]
pub fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        let digits = run.chars().filter(|c| c.is_numeric()).count();
        if digits >= SHORTEST {
            // What parts the number from the next word stays.
            let rest = run.trim_end_matches(|c: char| !c.is_numeric()).len();
            out.push('\u{2022}');
            out.push_str(run.get(rest..).unwrap_or_default());
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        if c.is_numeric() || !run.is_empty() && matches!(c, ' ' | '-' | '(' | ')' | '\u{a0}') {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use quality::Ledger;

    use super::*;

    #[test]
    fn numbers_are_hidden_and_words_are_left() {
        for (text, shown) in [
            ("Call +91 98765 43210 back", "Call +\u{2022} back"),
            ("098765-43210", "\u{2022}"),
            // Thirteen digits, as a moment has: a number in China.
            ("+8613812345678", "+\u{2022}"),
            ("It said: 486 Busy Here.", "It said: 486 Busy Here."),
            ("Chrome/142.0.7444.59", "Chrome/142.0.7444.59"),
            ("", ""),
        ] {
            assert_eq!(without_numbers(text), shown);
        }
    }

    #[test]
    fn a_diary_keeps_the_newest_and_says_what_lasts_once() {
        let mut diary = Diary::default();
        for at in 0..100_u64 {
            diary.add(at, Event::Link((at / 2).to_string()));
        }
        assert_eq!(diary.since(), Some(0));
        for at in 100..200_u64 {
            diary.add(at, Event::Link(at.to_string()));
        }
        let lines = diary.lines(7, &[("version", "0.1.0".into())]);
        assert_eq!(lines.len(), KEPT + 2);
        assert_eq!(lines.first().map(String::as_str), Some("now: 7"));
        assert_eq!(lines.last().map(String::as_str), Some("199 link 199"));
    }

    #[test]
    fn no_line_holds_a_number() {
        let mut diary = Diary::default();
        diary.add(1, Event::Told("The call to +919876543210 was refused.".into()));
        diary.add(2, Event::call("1e2c98", "opus", &Ledger::default().summary()));
        let text = diary
            .lines(
                1_764_316_800_000,
                &[("address", "sip:919876543210@a.example".into())],
            )
            .join("\n");
        assert!(!text.contains("9876"), "{text}");
        assert!(text.contains("2 call 1e2c98 {\"codec\":\"opus\""), "{text}");
    }
}
