//! Streams cut at random a thousand times: every reader sees every event of its own once, in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use protocol::session::Role;

use crate::listener::{From, Listener, log, mark, marked};
use crate::support::server::{Signed, TestServer};

const READERS: usize = 4;
const CUTS: usize = 250;
const AGENTS: [&str; 2] = ["a1", "r1"];

/// A small generator of our own, so that a failure repeats with its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % limit
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_cuts_lose_nothing_and_repeat_nothing() {
    let server = Arc::new(TestServer::start(|_| {}).await);
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    let ravi = server.signed_in("ravi", Role::Agent, Some("r1")).await;
    let lead = server.signed_in("lead", Role::Supervisor, None).await;
    let reading = Arc::new(AtomicUsize::new(READERS));
    let mut readers = Vec::new();
    for (index, who) in [&asha, &ravi, &lead, &lead].into_iter().enumerate() {
        let place = Listener::open(&server, who, From::Now).await.1.id;
        let reader = reader(
            Arc::clone(&server),
            who.clone(),
            place,
            index as u64,
            Arc::clone(&reading),
        );
        readers.push(tokio::spawn(reader));
    }
    let (mut dice, mut logged) = (Dice(7), Vec::new());
    while reading.load(Ordering::Relaxed) > 0 {
        let batch: Vec<_> = (0..=dice.below(4))
            .map(|_| {
                let agent = AGENTS[dice.below(2) as usize];
                logged.push((agent, logged.len().to_string()));
                marked(Some(agent), &logged.len().saturating_sub(1).to_string())
            })
            .collect();
        log(server.app.store.as_ref(), batch).await;
        tokio::time::sleep(Duration::from_millis(dice.below(4))).await;
    }
    let last = AGENTS.map(|agent| marked(Some(agent), "last")).to_vec();
    log(server.app.store.as_ref(), last).await;
    let whose = |agent: Option<&str>| -> Vec<String> {
        let theirs = logged
            .iter()
            .filter(|(of, _)| agent.is_none_or(|agent| agent == *of));
        theirs.map(|(_, mark)| mark.clone()).collect()
    };
    let expected = [whose(Some("a1")), whose(Some("r1")), whose(None), whose(None)];
    for (reader, expected) in readers.into_iter().zip(expected) {
        let seen = reader.await.unwrap();
        assert_eq!(seen.len(), expected.len());
        assert!(seen == expected, "the order differs");
    }
    assert!(logged.len() > CUTS, "there was something to read");
}

/// Reads a little, drops the line, comes back by the last id; after its cuts it reads to the end. What it saw.
async fn reader(
    server: Arc<TestServer>,
    who: Signed,
    mut place: String,
    seed: u64,
    reading: Arc<AtomicUsize>,
) -> Vec<String> {
    let (mut dice, mut seen) = (Dice(seed), Vec::new());
    for _ in 0..CUTS {
        let from = match dice.below(2) {
            0 => From::Header(&place),
            _ => From::Query(&place),
        };
        let (mut listener, first) = Listener::open(&server, &who, from).await;
        assert_eq!(first.id, place);
        for _ in 0..dice.below(7) {
            let block = listener.event().await;
            seen.push(mark(&block));
            place = block.id;
        }
    }
    reading.fetch_sub(1, Ordering::Relaxed);
    let (mut listener, _) = Listener::open(&server, &who, From::Header(&place)).await;
    loop {
        match mark(&listener.event().await) {
            mark if mark == "last" => return seen,
            mark => seen.push(mark),
        }
    }
}
