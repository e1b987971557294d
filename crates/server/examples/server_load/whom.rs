//! Dial-whom among a million contacts.

use std::error::Error;
use std::path::Path;

use server::config::StoreConfig;

use crate::measure::{Pace, Run, run};
use crate::servers::{HOOKS, Running};
use crate::table::{Goal, Table};
use crate::{hooks, seed};

const CONTACTS: u64 = 1_000_000;
const RATE: u32 = 500;

/// Questions from callers all over the million.
pub(crate) async fn measure(program: &Path, folder: &Path, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let file = folder.join("whom.sqlite");
    let store = server::store::open(&StoreConfig::Sqlite(file.clone())).await?;
    seed::contacts(store.as_ref(), CONTACTS).await?;
    store.close().await;
    let server = Running::start(
        program,
        folder,
        "whom",
        &format!("sqlite = \"{}\"", file.display()),
    )?;
    let paced = Run {
        pace: Pace::PerSecond(RATE),
        seconds: 8,
        connections: 16,
    };
    let question = |number: u64| {
        let caller = seed::caller(number.wrapping_mul(611_953) % CONTACTS);
        hooks::dial_whom(HOOKS, &hooks::sid("whom", number), &caller)
    };
    let measured = run(&server.address, paced, question)?;
    table.times(
        "dial-whom, 1 M contacts, at 500/s",
        &measured,
        &[Goal::P99Ms(10.0), Goal::P999Ms(50.0)],
    );
    Ok(())
}
