//! The figures, for people as they come and for machines at the end.

use std::io::Write;

use serde_json::{Map, Value, json};

use crate::measure::Measured;

/// What a figure should be on a quiet machine with two cores.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    /// Of 100 answers, 99 come within so many milliseconds.
    P99Ms(f64),
    /// At least so many a second.
    PerSecond(f64),
    /// The number is at most this.
    AtMost(f64),
    /// The number is this.
    Exactly(f64),
    /// Of 1,000 answers, 999 come within so many milliseconds.
    P999Ms(f64),
}

impl Goal {
    fn words(self) -> String {
        match self {
            Self::P99Ms(most) => format!("p99 {most} ms"),
            Self::P999Ms(most) => format!("p99.9 {most} ms"),
            Self::PerSecond(least) => format!("{least} a second"),
            Self::AtMost(most) => format!("at most {most}"),
            Self::Exactly(value) => format!("{value}"),
        }
    }
}

/// All figures so far.
pub(crate) struct Table {
    figures: Map<String, Value>,
}

impl Table {
    /// With its heading on the screen.
    pub(crate) fn new() -> Self {
        let _ = writeln!(
            std::io::stderr(),
            "  {:<44} {:>9} {:>8} {:>8} {:>8} {:>7}  goal",
            "server",
            "per s",
            "p50 ms",
            "p99 ms",
            "max ms",
            "failed"
        );
        Self { figures: Map::new() }
    }

    /// Times of one kind. A failure misses every goal.
    pub(crate) fn times(&mut self, name: &str, measured: &Measured, goals: &[Goal]) {
        let (p50, p99, max) = (measured.ms(0.5), measured.ms(0.99), measured.ms(1.0));
        let is_reached = |goal| match goal {
            Goal::P99Ms(most) => p99 <= most,
            Goal::P999Ms(most) => measured.ms(0.999) <= most,
            Goal::PerSecond(least) => measured.rate() >= least,
            Goal::AtMost(_) | Goal::Exactly(_) => false,
        };
        let verdicts: Vec<_> = goals
            .iter()
            .map(|goal| (*goal, measured.failed == 0 && is_reached(*goal)))
            .collect();
        let _ = writeln!(
            std::io::stderr(),
            "  {name:<44} {:>9.0} {p50:>8.2} {p99:>8.2} {max:>8.2} {:>7}  {}",
            measured.rate(),
            measured.failed,
            told(&verdicts)
        );
        let mut figure = measured.report();
        figure["goals"] = reported(&verdicts);
        self.figures.insert(name.to_owned(), figure);
    }

    /// One number.
    pub(crate) fn number(&mut self, name: &str, value: f64, unit: &str, goal: Goal) {
        let is_reached = match goal {
            Goal::AtMost(most) => value <= most,
            Goal::Exactly(wanted) => (value - wanted).abs() < 0.5,
            Goal::P99Ms(_) | Goal::P999Ms(_) | Goal::PerSecond(_) => false,
        };
        let verdicts = [(goal, is_reached)];
        let shown = format!("{value:.2} {unit}");
        let _ = writeln!(std::io::stderr(), "  {name:<44} {shown:<45} {}", told(&verdicts));
        let figure = json!({ "value": value, "unit": unit, "goals": reported(&verdicts) });
        self.figures.insert(name.to_owned(), figure);
    }

    /// For machines.
    pub(crate) fn report(&self) -> &Map<String, Value> {
        &self.figures
    }
}

fn told(verdicts: &[(Goal, bool)]) -> String {
    let words = verdicts.iter().map(|(goal, is_reached)| match is_reached {
        true => goal.words(),
        false => format!("{}: missed", goal.words()),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn reported(verdicts: &[(Goal, bool)]) -> Value {
    let goals = verdicts
        .iter()
        .map(|(goal, is_reached)| json!({ "goal": goal.words(), "reached": is_reached }));
    goals.collect()
}
