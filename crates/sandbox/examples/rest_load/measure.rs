//! Asking for a few seconds, and how long the answers took.

use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::connection::Connection;

/// How fast to ask.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// So often, on a fixed timetable: an answer that is late does not make the next question late, and waiting
    /// counts from when the question was due.
    PerSecond(u32),
    /// The next question follows its answer.
    Unbounded,
}

/// How often, for how long, over how many connections.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) pace: Pace,
    pub(crate) seconds: u64,
    /// Each with a thread of its own and one request under way.
    pub(crate) connections: u32,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Measured {
    /// Sorted.
    took: Vec<Duration>,
    /// Answers that were no success, or none.
    pub(crate) failed: usize,
    ran: Duration,
}

impl Measured {
    /// Of times that were taken elsewhere.
    pub(crate) fn of(mut took: Vec<Duration>, failed: usize, ran: Duration) -> Self {
        took.sort_unstable();
        Self { took, failed, ran }
    }

    /// Successes a second.
    pub(crate) fn rate(&self) -> f64 {
        self.took.len() as f64 / self.ran.as_secs_f64().max(f64::EPSILON)
    }

    /// The time within which this share came, in milliseconds.
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
            "count": self.took.len(), "failed": self.failed, "per_second": self.rate(), "p50_ms": self.ms(0.5),
            "p90_ms": self.ms(0.9), "p99_ms": self.ms(0.99), "p999_ms": self.ms(0.999), "max_ms": self.ms(1.0),
        })
    }
}

/// One run. `request` writes the bytes of the question with this number.
pub(crate) fn run(
    address: &str,
    run: Run,
    request: impl Fn(u64) -> Vec<u8> + Sync,
) -> Result<Measured, Box<dyn Error>> {
    let connections: Vec<_> = (0..run.connections)
        .map(|_| Connection::open(address))
        .collect::<Result<_, _>>()?;
    let began = Instant::now();
    let request = &request;
    let results: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..)
            .zip(connections)
            .map(|(no, connection)| scope.spawn(move || ask(no, connection, run, began, request)))
            .collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .collect()
    });
    let ran = began.elapsed();
    let failed = results.iter().map(|(_, failed)| failed).sum();
    let took = results.into_iter().flat_map(|(took, _)| took).collect();
    Ok(Measured::of(took, failed, ran))
}

/// One connection's part.
fn ask(
    no: u32,
    mut connection: Connection,
    run: Run,
    began: Instant,
    request: &(impl Fn(u64) -> Vec<u8> + Sync),
) -> (Vec<Duration>, usize) {
    let (mut took, mut failed) = (Vec::new(), 0);
    let mut due = began;
    let step = match run.pace {
        Pace::PerSecond(rate) => {
            // Evenly spread, not all at once.
            due += Duration::from_secs(1) * no / rate;
            Duration::from_secs(1) * run.connections / rate
        }
        Pace::Unbounded => Duration::ZERO,
    };
    for turn in 0_u64.. {
        let question = request(turn * u64::from(run.connections) + u64::from(no));
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if began.elapsed() >= Duration::from_secs(run.seconds) {
            break;
        }
        let asked = if step.is_zero() { Instant::now() } else { due };
        match connection.ask(&question) {
            Ok((200..=299, _)) => took.push(asked.elapsed()),
            Ok(_) => failed += 1,
            Err(_) => return (took, failed + 1),
        }
        due += step;
    }
    (took, failed)
}
