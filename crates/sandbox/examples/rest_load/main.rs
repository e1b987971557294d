//! `rest_load <address>`: asks a running sandbox over REST, first at the rate of the goal, then as fast as it answers.
//!
//! `cargo xtask bench sandbox` starts both, each a process of its own. A table goes to standard error, one JSON
//! object to standard output.

mod connection;
mod measure;
mod work;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use measure::{Measured, Pace, Run, run};
use serde_json::json;

/// The goal: this many requests a second on one core ...
const RATE: u32 = 2_000;
/// ... each answered within this many milliseconds, 99 times in 100.
const P99_MS: f64 = 20.0;
/// How long each run takes, and over how many connections.
const SECONDS: u64 = 4;
const CONNECTIONS: u32 = 16;
/// A rate within this share of the goal is the goal: the last requests of a run are cut off.
const NEARLY: f64 = 0.98;

fn main() -> ExitCode {
    match bench() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

/// True if the goal is reached.
fn bench() -> Result<bool, Box<dyn Error>> {
    let address = std::env::args().nth(1).ok_or("usage: rest_load <address>")?;
    let work = work::prepare(&address)?;
    let paced = ask(&address, &work, Pace::PerSecond(RATE))?;
    let unpaced = ask(&address, &work, Pace::Unbounded)?;
    let reached = paced.rate() >= f64::from(RATE) * NEARLY && paced.ms(0.99) <= P99_MS && paced.failed == 0;
    let mut screen = std::io::stderr();
    writeln!(
        screen,
        "  {:<26} {:>9} {:>8} {:>8} {:>8} {:>7}",
        "REST", "req/s", "p50 ms", "p99 ms", "max ms", "failed"
    )?;
    for (name, measured) in [
        ("at the goal's rate", &paced),
        ("as fast as it answers", &unpaced),
    ] {
        let (p50, p99, max) = (measured.ms(0.5), measured.ms(0.99), measured.ms(1.0));
        writeln!(
            screen,
            "  {name:<26} {:>9.0} {p50:>8.2} {p99:>8.2} {max:>8.2} {:>7}",
            measured.rate(),
            measured.failed
        )?;
    }
    let verdict = if reached { "reached" } else { "missed" };
    writeln!(screen, "  goal: {RATE} req/s at p99 under {P99_MS} ms: {verdict}")?;
    let report = json!({
        "goal": { "requests_per_second": RATE, "p99_ms": P99_MS, "reached": reached },
        "paced": paced.report(),
        "unpaced": unpaced.report(),
    });
    writeln!(std::io::stdout(), "{report}")?;
    Ok(reached)
}

/// The same round of requests again and again.
fn ask(address: &str, work: &[work::Request], pace: Pace) -> Result<Measured, Box<dyn Error>> {
    let (seconds, connections) = (SECONDS, CONNECTIONS);
    let request = |number: u64| {
        let turn = usize::try_from(number).unwrap_or_default() % work.len();
        work.get(turn)
            .map(|request| request.0.clone())
            .unwrap_or_default()
    };
    run(
        address,
        Run {
            pace,
            seconds,
            connections,
        },
        request,
    )
}
