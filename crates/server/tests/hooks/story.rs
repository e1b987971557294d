//! 2,000 calls; 20 % of the webhooks are lost, 30 % come twice, 20 % come at another time. Every call ends in the right
//! state, once.

mod calls;
mod dice;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use calls::{Script, Step};
use dice::Dice;
use exotel::integrations::User;
use futures_util::StreamExt;
use protocol::call::{CallState, CallView, Outcome};
use protocol::event::Event;
use protocol::session::Role;
use server::calls::{Facts, of_leg_report, of_placement};
use server::config::{StoreConfig, sandbox_hosts};
use server::store::{Logged, LoggedEvent, Write};
use server::{clock, reconcile};

use super::platform::Voice;
use super::postgres;
use super::support::server::{Signed, TestServer};

const CALLS: usize = 2_000;
const MINUTE: i64 = 60_000;
/// Requests under way at once.
const AT_ONCE: usize = 32;

/// When a step of a call happens, in an order that faults upset.
fn timeline(scripts: &[Script], dice: &mut Dice) -> (Vec<(usize, Step)>, Counts) {
    let mut counts = Counts::default();
    let mut steps = Vec::new();
    for (no, script) in scripts.iter().enumerate() {
        for (place, step) in script.steps.iter().enumerate() {
            let mut when = no * 8 + place;
            if matches!(step, Step::Webhook(..)) {
                counts.sent += 1;
                if dice.in_percent(20) {
                    counts.lost += 1;
                    continue;
                }
                if dice.in_percent(20) {
                    counts.moved += 1;
                    when += dice.below(2_000);
                }
                if dice.in_percent(30) {
                    counts.doubled += 1;
                    steps.push((when + dice.below(500), no, step.clone()));
                }
            }
            steps.push((when, no, step.clone()));
        }
    }
    steps.sort_by_key(|(when, ..)| *when);
    (
        steps.into_iter().map(|(_, no, step)| (no, step)).collect(),
        counts,
    )
}

/// What the faults did.
#[derive(Debug, Default)]
struct Counts {
    sent: usize,
    lost: usize,
    doubled: usize,
    moved: usize,
}

async fn keep(server: &TestServer, sid: &str, facts: Facts, at: i64) {
    let write = Write {
        facts: Some((sid.to_owned(), facts)),
        at,
        ..Write::default()
    };
    server.app.writer.write(write).await.unwrap();
}

async fn play(server: &TestServer, agents: &BTreeMap<&str, Signed>, sid: &str, step: Step) {
    match step {
        Step::Placed(agent) => {
            let facts = of_placement(agent, "+918789489697", "+912235511457", clock::now());
            keep(server, sid, facts, clock::now()).await;
        }
        Step::Leg(agent, report) => {
            let path = format!("/api/calls/{sid}/leg");
            let request = server.request(reqwest::Method::POST, &path, &agents[agent]);
            let request = request.header("content-type", "application/json");
            let body = serde_json::to_string(&report).unwrap();
            let answer = request.body(body).send().await.unwrap();
            // Two agents do here in seconds what a hundred do in minutes: more than they may report of unknown calls.
            if answer.status() == 429 {
                let (facts, at) = (of_leg_report(agent, report, clock::now()), clock::now());
                keep(server, sid, facts, at).await;
                return;
            }
            assert_eq!(answer.status(), 204, "{sid}");
        }
        Step::Webhook(kind, body) => assert_eq!(server.post(kind, body).await, 200, "{sid}"),
    }
}

/// Every version of every view, in the order of the log.
fn versions(log: Vec<LoggedEvent>) -> BTreeMap<(String, String), Vec<CallView>> {
    let mut versions: BTreeMap<_, Vec<CallView>> = BTreeMap::new();
    for event in log {
        let Logged::Public(Event::Call(view)) = event.event.body else {
            panic!("{event:?}")
        };
        let agent = event.event.agent.unwrap_or_default();
        assert_eq!(agent, view.agent);
        versions.entry((view.sid.clone(), agent)).or_default().push(view);
    }
    versions
}

/// One view's story: it ends once, and each version says something new.
fn check(key: &(String, String), versions: &[CallView]) -> Outcome {
    let mut ended = 0;
    for pair in versions.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        assert!(after.rev > before.rev, "{key:?}");
        let same = CallView {
            rev: before.rev,
            ..after.clone()
        };
        assert_ne!(&same, before, "{key:?} was told twice");
        if before.state == CallState::Ended {
            assert_eq!(after.state, CallState::Ended, "{key:?} came back to life");
        } else {
            ended += usize::from(after.state == CallState::Ended);
        }
    }
    ended += usize::from(versions[0].state == CallState::Ended);
    assert_eq!(ended, 1, "{key:?}: {versions:?}");
    versions.last().unwrap().outcome.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_ends_in_the_right_state_once() {
    every_call_ends(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_ends_in_the_right_state_once_in_postgres() {
    let url = postgres::shared().database().await;
    every_call_ends(Some(StoreConfig::Postgres(exotel::Secret::new(url)))).await;
}

/// The story, in a SQLite file or in `store`.
async fn every_call_ends(store: Option<StoreConfig>) {
    let seed = getrandom::u64().unwrap();
    eprintln!("seed {seed}");
    let mut dice = Dice(seed | 1);
    let scripts: Vec<Script> = (0..CALLS).map(|no| Script::roll(no, &mut dice)).collect();
    let voice = Voice::default();
    let addr = voice.start().await;
    let server = TestServer::start(|config| {
        config.vendor.hosts = sandbox_hosts(&format!("http://{addr}"));
        if let Some(store) = store {
            config.store = store;
        }
    })
    .await;
    let mut agents = BTreeMap::new();
    for agent in calls::AGENTS {
        server.app.agents.remember(&User {
            app_user_id: agent.to_owned(),
            sip_id: format!("sip:{agent}7"),
            ..User::default()
        });
        agents.insert(agent, server.signed_in(agent, Role::Agent, Some(agent)).await);
    }
    for script in &scripts {
        voice.say(&script.sid, script.details.clone());
    }

    let (steps, counts) = timeline(&scripts, &mut dice);
    let began = Instant::now();
    let heard_of: std::collections::BTreeSet<usize> = steps.iter().map(|(no, _)| *no).collect();
    let (server_ref, agents_ref, scripts_ref) = (&server, &agents, &scripts);
    futures_util::stream::iter(steps)
        .for_each_concurrent(AT_ONCE, |(no, step)| async move {
            play(server_ref, agents_ref, &scripts_ref[no].sid, step).await;
        })
        .await;
    eprintln!("{counts:?} in {:?}", began.elapsed());

    let mut asked = 0;
    for pass in 1..=4 {
        let later = clock::now() + pass * 10 * MINUTE;
        asked += reconcile::once(&server.app, later).await.unwrap().asked;
    }
    eprintln!(
        "{asked} calls were asked about in {} requests",
        voice.asked().len()
    );
    let left = server.app.store.unsettled(i64::MAX, 10).await.unwrap();
    assert_eq!(left, Vec::<String>::new(), "settled to the last");

    let versions = versions(server.log().await);
    let mut wanted = BTreeMap::new();
    for (no, script) in scripts.iter().enumerate() {
        // Nobody can tell of a call of which no word came.
        if !heard_of.contains(&no) {
            assert!(server.app.store.call(&script.sid).await.unwrap().is_none());
            continue;
        }
        for (agent, outcome) in &script.outcomes {
            wanted.insert((script.sid.clone(), (*agent).to_owned()), *outcome);
        }
    }
    let unheard = CALLS - heard_of.len();
    eprintln!("{unheard} calls were never heard of");
    assert!(unheard < CALLS / 50);
    for (key, wanted) in &wanted {
        let Some(versions) = versions.get(key) else {
            // Of a group, an agent may not have been named by anything that came.
            assert!(script_is_group(&scripts, &key.0), "{key:?} has no view");
            continue;
        };
        assert_eq!(check(key, versions), *wanted, "{key:?}: {versions:?}");
    }
    let strangers: Vec<_> = versions
        .keys()
        .filter(|key| !wanted.contains_key(key) && !key.1.is_empty())
        .collect();
    assert!(strangers.is_empty(), "{strangers:?}");
    assert!(began.elapsed() < Duration::from_secs(300));
}

fn script_is_group(scripts: &[Script], sid: &str) -> bool {
    let script = scripts.iter().find(|script| script.sid == sid);
    script.is_some_and(|script| script.outcomes.len() > 1)
}
