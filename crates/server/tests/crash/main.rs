//! The real server, killed at random moments while webhooks rain: nothing acknowledged may be lost, nothing may be shown
//! twice. On both stores; and with PostgreSQL itself torn down under the load.

#![allow(clippy::unwrap_used, reason = "a test")]

mod child;
mod reader;
mod sender;
mod story;

#[path = "../support/postgres.rs"]
#[allow(dead_code, reason = "nothing is shared here")]
mod postgres;

use std::time::Duration;

use postgres::Postgres;
use story::{Fault, Story};

/// Kills of a server, on each store.
const KILLS: u32 = 100;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_on_sqlite_is_killed_a_hundred_times() {
    let story = Story::on_sqlite().await;
    story
        .run(KILLS, Fault::KillServer, Duration::from_millis(250))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_on_postgresql_is_killed_a_hundred_times() {
    let postgres = Postgres::start();
    let story = Story::on_postgres(&postgres.database().await).await;
    story
        .run(KILLS, Fault::KillServer, Duration::from_millis(250))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_is_torn_down_under_load() {
    let postgres = Postgres::start();
    let url = postgres.database().await;
    let story = Story::on_postgres(&url).await;
    story
        .run(5, Fault::TearPostgres(postgres), Duration::from_secs(2))
        .await;
}
