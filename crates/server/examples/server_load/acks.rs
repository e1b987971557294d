//! Webhooks made durable: how many a second, and how long each waited for its 200.

use std::error::Error;
use std::path::Path;

use crate::hooks;
use crate::measure::{Pace, Run, run};
use crate::servers::{HOOKS, Running};
use crate::table::{Goal, Table};

/// The goal's rate.
const RATE: u32 = 500;

/// At the goal's rate, then as fast as they are acknowledged.
pub(crate) fn measure(
    program: &Path,
    folder: &Path,
    name: &str,
    store: &str,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let server = Running::start(program, folder, &format!("acks-{name}"), store)?;
    let popup = |round: &'static str| {
        move |number| {
            hooks::popup(
                HOOKS,
                &hooks::sid(round, number),
                &format!("agent-{}", number % 100),
            )
        }
    };
    let paced = Run {
        pace: Pace::PerSecond(RATE),
        seconds: 8,
        connections: 32,
    };
    table.times(
        &format!("durable webhooks, {name}, at {RATE}/s"),
        &run(&server.address, paced, popup("paced"))?,
        &[Goal::P99Ms(20.0)],
    );
    let unpaced = Run {
        pace: Pace::Unbounded,
        seconds: 8,
        connections: 128,
    };
    table.times(
        &format!("durable webhooks, {name}, unbounded"),
        &run(&server.address, unpaced, popup("all"))?,
        &[Goal::PerSecond(5_000.0)],
    );
    Ok(())
}
