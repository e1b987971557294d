//! Running it: the command line, connections, health, figures, retention, backup.

pub mod cli;
mod metrics;

pub use metrics::Metrics;
