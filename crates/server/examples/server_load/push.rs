//! From webhook to reader: with many streams open, and after many missed events.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use server::config::StoreConfig;
use tokio::time::sleep;

use crate::connection::Connection;
use crate::measure::Measured;
use crate::posts::{Posts, post};
use crate::process::cost;
use crate::servers::{HOOKS, Running};
use crate::streams;
use crate::table::{Goal, Table};
use crate::{hooks, seed};

/// Webhooks a second while readers wait.
const RATE: u32 = 500;
const SECONDS: u32 = 8;
/// How long a server rests before its idle cost is read.
const REST: Duration = Duration::from_secs(3);
/// How long it is watched: a heartbeat of every stream falls into it.
const WATCH: Duration = Duration::from_secs(20);
/// An event later than this is lost.
const PATIENCE: Duration = Duration::from_secs(5);
/// The missed events of a reader that comes back.
const MISSED: u64 = 10_000;

/// `readers` open streams: their memory, their idle cost, and how long an event takes to its reader.
pub(crate) async fn measure(
    program: &Path,
    folder: &Path,
    readers: usize,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let server = start(program, folder, &format!("push-{readers}"), readers).await?;
    let before = cost(server.pid())?;
    let heads = (0..readers).map(|number| seed::stream_head(&seed::agent(number), None));
    let mut streams = streams::open(&server.address, heads).await?;
    sleep(REST).await;
    let open = cost(server.pid())?;
    sleep(WATCH).await;
    let idle = cost(server.pid())?;
    let each = |figure: f64| figure / readers as f64;
    table.number(
        &format!("memory per stream, {readers} open"),
        each(open.resident.saturating_sub(before.resident) as f64) / 1024.0,
        "KiB",
        Goal::AtMost(6.0),
    );
    table.number(
        &format!("idle processor per stream, {readers} open"),
        each((idle.cpu_us - open.cpu_us) as f64) / WATCH.as_secs_f64(),
        "us/s",
        Goal::AtMost(2.0),
    );
    let posts = Posts {
        run: "push",
        rate: RATE,
        seconds: SECONDS,
        // A prime step spreads events over all readers.
        agent: |number, agents| seed::agent((number.wrapping_mul(7919) % agents) as usize),
        agents: readers as u64,
    };
    let posted = post(&server.address, posts).await?;
    let (took, lost) = streams.latencies(posted.due, PATIENCE).await;
    let measured = Measured::of(took, lost + posted.refused, posted.ran);
    table.times(
        &format!("webhook to reader, {readers} open, {RATE}/s"),
        &measured,
        &[Goal::P99Ms(15.0)],
    );
    table.number(
        &format!("streams still open after it, of {readers}"),
        streams.count() as f64,
        "",
        Goal::Exactly(readers as f64),
    );
    Ok(())
}

/// A reader comes back after ten thousand events: when it has the first and when it has all.
pub(crate) async fn resume(program: &Path, folder: &Path, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let server = start(program, folder, "resume", 1).await?;
    let agent = seed::agent(0);
    let address = server.address.clone();
    let cursor = first_id(&address, &agent)?;
    let posting = agent.clone();
    let address_of_posts = address.clone();
    let posted = tokio::task::spawn_blocking(move || {
        let workers: Vec<_> = (0..64)
            .map(|worker| {
                let (address, agent) = (address_of_posts.clone(), posting.clone());
                std::thread::spawn(move || -> Option<()> {
                    let mut connection = Connection::open(&address).ok()?;
                    for number in (worker..MISSED).step_by(64) {
                        let request = hooks::popup(HOOKS, &hooks::sid("missed", number), &agent);
                        connection.ask(&request).ok()?;
                    }
                    Some(())
                })
            })
            .collect();
        workers
            .into_iter()
            .all(|worker| matches!(worker.join(), Ok(Some(()))))
    });
    if !posted.await? {
        return Err("the missed events could not be posted".into());
    }
    let began = Instant::now();
    let head = seed::stream_head(&agent, Some(&cursor));
    let mut streams = streams::open(&address, std::iter::once(head)).await?;
    let mut times = Vec::new();
    while times.len() < MISSED as usize {
        let Some((_, at)) = streams.next(PATIENCE).await else {
            break;
        };
        times.push(at.duration_since(began));
    }
    let lost = MISSED as usize - times.len();
    let ms = |time: Option<&Duration>| time.map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0);
    table.number(
        "resume: first of 10,000 missed events",
        ms(times.first()),
        "ms",
        Goal::AtMost(50.0),
    );
    table.number(
        "resume: all 10,000 missed events",
        ms(times.last()),
        "ms",
        Goal::AtMost(500.0),
    );
    table.number("resume: events lost", lost as f64, "", Goal::Exactly(0.0));
    Ok(())
}

/// The id that a fresh stream begins with.
fn first_id(address: &str, agent: &str) -> Result<String, Box<dyn Error>> {
    use std::io::{BufRead, BufReader, Write};
    let mut stream = std::net::TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "{}\r\n", seed::stream_head(agent, None))?;
    for line in BufReader::new(stream).lines() {
        if let Some(id) = line?.strip_prefix("id:") {
            return Ok(id.trim().to_owned());
        }
    }
    Err("the stream ended without an id".into())
}

/// A server on a fresh SQLite file with this many agents.
async fn start(program: &Path, folder: &Path, name: &str, agents: usize) -> Result<Running, Box<dyn Error>> {
    let file = folder.join(format!("{name}.sqlite"));
    let store = server::store::open(&StoreConfig::Sqlite(file.clone())).await?;
    seed::agents(store.as_ref(), agents).await?;
    store.close().await;
    Running::start(program, folder, name, &format!("sqlite = \"{}\"", file.display()))
}
