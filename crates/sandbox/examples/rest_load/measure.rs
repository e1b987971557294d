//! Asking for a few seconds, and how long the answers took.

use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::connection::Connection;
use crate::work::Request;

/// How long a run takes.
const RUN: Duration = Duration::from_secs(4);
/// Connections, each with a thread of its own and one request under way.
const CONNECTIONS: u32 = 16;

/// How fast to ask.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// So often, on a fixed timetable: an answer that is late does not make the next question late, and waiting
    /// counts from when the question was due.
    PerSecond(u32),
    /// The next question follows its answer.
    Unbounded,
}

/// What came of a run.
pub(crate) struct Measured {
    /// Sorted.
    took: Vec<Duration>,
    /// Answers that were no success, or none.
    pub(crate) failed: usize,
    ran: Duration,
}

impl Measured {
    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.took.len() as f64 / self.ran.as_secs_f64()
    }

    /// The time within which this share of the answers came, in milliseconds.
    pub(crate) fn ms(&self, share: f64) -> f64 {
        let last = self.took.len().saturating_sub(1);
        let index = (last as f64 * share).round() as usize;
        self.took
            .get(index)
            .map_or(0.0, |took| took.as_secs_f64() * 1000.0)
    }

    /// For machines.
    pub(crate) fn report(&self) -> Value {
        json!({
            "requests": self.took.len(), "failed": self.failed, "requests_per_second": self.rate(),
            "p50_ms": self.ms(0.5), "p90_ms": self.ms(0.9), "p99_ms": self.ms(0.99), "max_ms": self.ms(1.0),
            "connections": CONNECTIONS, "seconds": self.ran.as_secs_f64(),
        })
    }
}

/// One run.
pub(crate) fn run(address: &str, work: &[Request], pace: Pace) -> Result<Measured, Box<dyn Error>> {
    let connections: Vec<_> = (0..CONNECTIONS)
        .map(|_| Connection::open(address))
        .collect::<Result<_, _>>()?;
    let began = Instant::now();
    let results: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..)
            .zip(connections)
            .map(|(no, connection)| scope.spawn(move || ask(no, connection, work, pace, began)))
            .collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .collect()
    });
    let ran = began.elapsed();
    let failed = results.iter().map(|(_, failed)| failed).sum();
    let mut took: Vec<_> = results.into_iter().flat_map(|(took, _)| took).collect();
    took.sort_unstable();
    Ok(Measured { took, failed, ran })
}

/// One connection's part.
fn ask(
    no: u32,
    mut connection: Connection,
    work: &[Request],
    pace: Pace,
    began: Instant,
) -> (Vec<Duration>, usize) {
    let (mut took, mut failed) = (Vec::new(), 0);
    let mut due = began;
    let step = match pace {
        Pace::PerSecond(rate) => {
            // Evenly spread, not all at once.
            due += Duration::from_secs(1) * no / rate;
            Duration::from_secs(1) * CONNECTIONS / rate
        }
        Pace::Unbounded => Duration::ZERO,
    };
    for request in work.iter().cycle().skip(no as usize) {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if began.elapsed() >= RUN {
            break;
        }
        let asked = if step.is_zero() { Instant::now() } else { due };
        match connection.ask(&request.0) {
            Ok((200..=299, _)) => took.push(asked.elapsed()),
            Ok(_) => failed += 1,
            Err(_) => return (took, failed + 1),
        }
        due += step;
    }
    (took, failed)
}
