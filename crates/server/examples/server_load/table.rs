//! The figures, for people as they come and for machines at the end.

use std::io::Write;

use serde_json::{Map, Value};

use crate::measure::Measured;

/// All figures so far.
pub(crate) struct Table {
    figures: Map<String, Value>,
}

impl Table {
    /// With its heading on the screen.
    pub(crate) fn new() -> Self {
        let _ = writeln!(
            std::io::stderr(),
            "  {:<44} {:>9} {:>8} {:>8} {:>8} {:>7}",
            "server",
            "per s",
            "p50 ms",
            "p99 ms",
            "max ms",
            "failed"
        );
        Self { figures: Map::new() }
    }

    /// Times of one kind.
    pub(crate) fn times(&mut self, name: &str, measured: &Measured) {
        let (p50, p99, max) = (measured.ms(0.5), measured.ms(0.99), measured.ms(1.0));
        let _ = writeln!(
            std::io::stderr(),
            "  {name:<44} {:>9.0} {p50:>8.2} {p99:>8.2} {max:>8.2} {:>7}",
            measured.rate(),
            measured.failed
        );
        self.figures.insert(name.to_owned(), measured.report());
    }

    /// One number.
    pub(crate) fn number(&mut self, name: &str, value: f64, unit: &str) {
        let _ = writeln!(std::io::stderr(), "  {name:<44} {value:>9.2} {unit}");
        self.figures.insert(
            name.to_owned(),
            serde_json::json!({ "value": value, "unit": unit }),
        );
    }

    /// For machines.
    pub(crate) fn report(&self) -> &Map<String, Value> {
        &self.figures
    }
}
