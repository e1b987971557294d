//! Rain, faults, and the audit at the end.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use exotel::Secret;
use protocol::session::Role;
use server::config::StoreConfig;
use server::store::{Carrier, Person, StoredSession};
use sha2::{Digest, Sha256};

use crate::child::Server;
use crate::postgres::Postgres;
use crate::reader::{self, Read};
use crate::sender::{self, Sent};

/// Threads that send webhooks.
const SENDERS: u32 = 4;

/// What goes wrong.
pub(crate) enum Fault {
    /// `kill -9` of our server.
    KillServer,
    /// PostgreSQL is killed without warning and started again.
    TearPostgres(Postgres),
}

/// A store with one agent, and a server on it.
pub(crate) struct Story {
    server: Server,
    folder: PathBuf,
}

impl Story {
    pub(crate) async fn on_sqlite() -> Self {
        let folder = folder("sqlite");
        let file = folder.join("softphone.sqlite");
        let line = format!("sqlite = \"{}\"", file.display());
        Self::on(StoreConfig::Sqlite(file), folder, &line).await
    }

    pub(crate) async fn on_postgres(url: &str) -> Self {
        let folder = folder(&url.replace(['/', ':', '@'], "-"));
        let line = format!("postgres = \"{url}\"");
        Self::on(StoreConfig::Postgres(Secret::new(url)), folder, &line).await
    }

    async fn on(config: StoreConfig, folder: PathBuf, line: &str) -> Self {
        let store = server::store::open(&config).await.unwrap();
        let (now, day) = (server::clock::now(), 24 * 60 * 60 * 1000);
        let person = Person {
            name: "asha".to_owned(),
            password_hash: String::new(),
            role: Role::Agent,
            agent: Some("asha".to_owned()),
            subscriber: None,
            disabled: false,
            created_at: now,
        };
        let session = StoredSession {
            hash: Sha256::digest(reader::SESSION.as_bytes()).into(),
            name: "asha".to_owned(),
            role: Role::Agent,
            agent: Some("asha".to_owned()),
            carrier: Carrier::Bearer {
                embedded_in: "https://crm.example".to_owned(),
            },
            created_at: now,
            expires_at: now + day,
        };
        store.put_person(&person).await.unwrap();
        store.put_session(&session).await.unwrap();
        store.close().await;
        Self {
            server: Server::prepare(&folder, line),
            folder,
        }
    }

    /// Lets it rain while `fault` strikes `times` times, each after a random wait of at most `longest`; then audits.
    pub(crate) async fn run(mut self, times: u32, fault: Fault, longest: Duration) {
        let (raining_over, all_sent) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        self.server.start();
        let address = self.server.address.clone();
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let (address, stop) = (address.clone(), Arc::clone(&raining_over));
                thread::spawn(move || sender::rain(&address, sender, &stop))
            })
            .collect();
        let reader = {
            let (address, all_sent) = (address.clone(), Arc::clone(&all_sent));
            thread::spawn(move || reader::follow(&address, &all_sent))
        };
        for _ in 0..times {
            tokio::time::sleep(longest.mul_f64(share())).await;
            match &fault {
                Fault::KillServer => {
                    self.server.kill();
                    self.server.start();
                }
                Fault::TearPostgres(postgres) => {
                    postgres.order("crash");
                    postgres.order("start");
                }
            }
        }
        // A last stretch without faults, so that every sender gets through once more.
        tokio::time::sleep(Duration::from_secs(1)).await;
        raining_over.store(true, Ordering::Relaxed);
        let sent: Vec<_> = senders.into_iter().map(|sender| sender.join().unwrap()).collect();
        all_sent.store(true, Ordering::Relaxed);
        let read = reader.join().unwrap();
        audit(&sent, &read, times, &fault);
        self.server.kill();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn audit(sent: &[Sent], read: &Read, times: u32, fault: &Fault) {
    assert!(!read.lost, "history was said to be lost");
    assert_eq!(read.repeated, 0, "events were shown again");
    let (mut begun, mut missed, mut repeats) = (0, 0, 0);
    for sent in sent {
        for sid in &sent.begun {
            assert!(
                read.calls.contains_key(sid),
                "an acknowledged popup was lost: {sid}"
            );
        }
        for sid in &sent.missed {
            let revisions = read.calls.get(sid).map_or(&[][..], Vec::as_slice);
            assert_eq!(
                reader::endings(revisions),
                1,
                "call {sid} ended not once: {revisions:?}"
            );
        }
        begun += sent.begun.len();
        missed += sent.missed.len();
        repeats += sent.repeats;
    }
    for (sid, revisions) in &read.calls {
        let revs: Vec<_> = revisions.iter().map(|view| view.rev).collect();
        assert!(
            revs.is_sorted_by(|a, b| a < b),
            "call {sid} came with revisions {revs:?}"
        );
    }
    // The story is only worth something if the faults struck while work was under way.
    assert!(
        begun > 100 && missed > 100,
        "too little was acknowledged: {begun}, {missed}"
    );
    assert!(repeats > 0, "no fault struck a message");
    if matches!(fault, Fault::KillServer) {
        assert!(
            read.opened > times / 2,
            "the stream was opened {} times only",
            read.opened
        );
    }
}

/// Between 0 and 1.
fn share() -> f64 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).unwrap();
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("softphone-crash-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
