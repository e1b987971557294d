//! Three servers on one PostgreSQL: an event written by one, read at another.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use exotel::Secret;
use server::config::StoreConfig;

use crate::connection::Connection;
use crate::measure::Measured;
use crate::postgres::Postgres;
use crate::servers::{HOOKS, Running};
use crate::table::{Goal, Table};
use crate::{hooks, seed, streams};

const AGENTS: usize = 100;
const EVENTS: u64 = 1_000;
/// Between two webhooks: a hundred a second.
const STEP: Duration = Duration::from_millis(10);

/// Webhooks to the first, readers at the second and the third.
pub(crate) async fn measure(
    program: &Path,
    folder: &Path,
    postgres: &Postgres,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let url = postgres.database().await;
    let store = server::store::open(&StoreConfig::Postgres(Secret::new(url.clone()))).await?;
    seed::agents(store.as_ref(), AGENTS).await?;
    store.close().await;
    let line = format!("postgres = \"{url}\"");
    let nodes: Vec<_> = ["one", "two", "three"]
        .into_iter()
        .map(|name| Running::start(program, folder, name, &line))
        .collect::<Result<_, _>>()?;
    let [one, two, three] = nodes.as_slice() else {
        return Err("three nodes were started".into());
    };
    let heads = |from| {
        (from..AGENTS)
            .step_by(2)
            .map(|number| seed::stream_head(&seed::agent(number), None))
    };
    let mut at_two = streams::open(&two.address, heads(0)).await?;
    let mut at_three = streams::open(&three.address, heads(1)).await?;
    let address = one.address.clone();
    let began = Instant::now();
    let sent = tokio::task::spawn_blocking(move || send(&address)).await??;
    let ran = began.elapsed();
    let is_even = |sid: &String| {
        let number = sid.get(12..).and_then(|text| u64::from_str_radix(text, 16).ok());
        number.is_some_and(|number| (number % AGENTS as u64).is_multiple_of(2))
    };
    let (to_two, to_three): (HashMap<_, _>, HashMap<_, _>) =
        sent.into_iter().partition(|(sid, _)| is_even(sid));
    let patience = Duration::from_secs(5);
    let (mut took, lost_at_two) = at_two.latencies(to_two, patience).await;
    let (more, lost_at_three) = at_three.latencies(to_three, patience).await;
    took.extend(more);
    table.times(
        "webhook to reader on another node, 100/s",
        &Measured::of(took, lost_at_two + lost_at_three, ran),
        &[Goal::P99Ms(25.0)],
    );
    Ok(())
}

fn send(address: &str) -> Result<HashMap<String, Instant>, String> {
    let mut connection = Connection::open(address).map_err(|error| error.to_string())?;
    let mut sent = HashMap::new();
    let began = Instant::now();
    for number in 0..EVENTS {
        let due = began + STEP * u32::try_from(number).unwrap_or_default();
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let sid = hooks::sid("nodes", number);
        let agent = seed::agent(usize::try_from(number).unwrap_or_default() % AGENTS);
        let answer = connection.ask(&hooks::popup(HOOKS, &sid, &agent));
        match answer.map_err(|error| error.to_string())? {
            (200, _) => sent.insert(sid, due),
            (status, _) => return Err(format!("a webhook was answered with {status}")),
        };
    }
    Ok(sent)
}
