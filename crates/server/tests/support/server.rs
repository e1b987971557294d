//! A whole server in the test's own process: real HTTP on a free port, SQLite in a temporary folder.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use protocol::session::Role;
use server::config::Config;
use server::ops::{Limits, Patience, Running};
use server::store::{self, Carrier, Person, Store, StoredSession};
use server::{App, clock};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

/// Longer than any step takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct TestServer {
    pub addr: SocketAddr,
    pub app: App,
    /// Gone with the last who holds it: keep a copy to start another server over the same records.
    pub dir: Arc<TempDir>,
    pub http: reqwest::Client,
    running: Option<Running>,
}

/// Somebody with a session.
#[derive(Clone, Debug)]
pub struct Signed {
    pub name: String,
    /// The session's secret, a bearer token.
    pub token: String,
}

impl Signed {
    /// The `Authorization` header.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

impl TestServer {
    /// Starts one; `tweak` changes what the test is about.
    pub async fn start(tweak: impl FnOnce(&mut Config)) -> Self {
        Self::start_in(Arc::new(tempfile::tempdir().unwrap()), tweak).await
    }

    /// Starts one over what another left in `dir`.
    pub async fn start_in(dir: Arc<TempDir>, tweak: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::for_tests(dir.path(), None);
        tweak(&mut config);
        let store = store::open(&config.store).await.unwrap();
        Self::start_with(dir, config, store, Limits::default()).await
    }

    /// Starts one over a store and with limits of the test's own.
    pub async fn start_with(
        dir: Arc<TempDir>,
        config: Config,
        store: Arc<dyn Store>,
        limits: Limits,
    ) -> Self {
        let running = server::ops::start(config, store, limits).await.unwrap();
        Self {
            addr: running.addr,
            app: running.app.clone(),
            dir,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            running: Some(running),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// Adds an account without a password and opens a bearer session for it. `agent` is its `AppUserId`.
    pub async fn signed_in(&self, name: &str, role: Role, agent: Option<&str>) -> Signed {
        self.add(name, role, agent).await;
        self.session_of(name, role, agent, 3_600_000).await
    }

    /// Adds an account that has no password.
    pub async fn add(&self, name: &str, role: Role, agent: Option<&str>) {
        let person = Person {
            name: name.to_owned(),
            password_hash: String::new(),
            role,
            agent: agent.map(str::to_owned),
            subscriber: None,
            disabled: false,
            created_at: clock::now(),
        };
        self.app.store.put_person(&person).await.unwrap();
    }

    /// Opens a session of `life` milliseconds for an account that is there.
    pub async fn session_of(&self, name: &str, role: Role, agent: Option<&str>, life: i64) -> Signed {
        let token = format!("{:016x}{:016x}", random(), random());
        let now = clock::now();
        let session = StoredSession {
            hash: hash(&token),
            name: name.to_owned(),
            role,
            agent: agent.map(str::to_owned),
            carrier: Carrier::Bearer {
                embedded_in: "https://crm.test".to_owned(),
            },
            created_at: now,
            expires_at: now + life,
        };
        self.app.store.put_session(&session).await.unwrap();
        let name = name.to_owned();
        Signed { name, token }
    }

    /// A request as `who`, with the header that changes must carry.
    pub fn request(&self, method: reqwest::Method, path: &str, who: &Signed) -> reqwest::RequestBuilder {
        self.http
            .request(method, self.url(path))
            .header("authorization", who.bearer())
            .header(protocol::CHANGE_HEADER, "1")
    }

    /// Goes down in order.
    pub async fn stop(mut self, patience: Patience) {
        self.running.take().unwrap().stop(patience).await;
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.app.drain.cut();
    }
}

/// The SHA-256 of a secret, as sessions and keys are kept.
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

fn random() -> u64 {
    getrandom::u64().unwrap()
}
