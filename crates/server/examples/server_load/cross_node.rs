//! Three servers on one PostgreSQL: an event written by one, read at another.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::time::Duration;

use exotel::Secret;
use server::config::StoreConfig;

use crate::measure::Measured;
use crate::postgres::Postgres;
use crate::posts::{Posts, post};
use crate::servers::Running;
use crate::table::{Goal, Table};
use crate::{seed, streams};

const AGENTS: usize = 100;
/// Webhooks a second.
const RATE: u32 = 100;
const SECONDS: u32 = 10;

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
    let posts = Posts {
        run: "nodes",
        rate: RATE,
        seconds: SECONDS,
        agent: |number, agents| seed::agent((number % agents) as usize),
        agents: AGENTS as u64,
    };
    let posted = post(&one.address, posts).await?;
    let is_even = |sid: &String| {
        let number = sid.get(12..).and_then(|text| u64::from_str_radix(text, 16).ok());
        number.is_some_and(|number| (number % AGENTS as u64).is_multiple_of(2))
    };
    let (to_two, to_three): (HashMap<_, _>, HashMap<_, _>) =
        posted.due.into_iter().partition(|(sid, _)| is_even(sid));
    let patience = Duration::from_secs(5);
    let (mut took, lost_at_two) = at_two.latencies(to_two, patience).await;
    let (more, lost_at_three) = at_three.latencies(to_three, patience).await;
    took.extend(more);
    table.times(
        "webhook to reader on another node, 100/s",
        &Measured::of(took, lost_at_two + lost_at_three + posted.refused, posted.ran),
        &[Goal::P99Ms(25.0)],
    );
    Ok(())
}
