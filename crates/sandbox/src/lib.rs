//! A stand-in of the platform on a laptop: SIP over WebSocket, real WebRTC audio, a control page.
//!
//! ```no_run
//! # async fn run() -> Result<(), sandbox::StartError> {
//! let sandbox = sandbox::Sandbox::spawn(sandbox::Options::default()).await?;
//! println!("http://{}/control/", sandbox.addr);
//! # Ok(())
//! # }
//! ```

mod account;
mod client;
mod engine;
mod entropy;
mod error;
mod exchange;
mod garbage;
mod http;
pub mod media;
pub mod numbers;
mod options;
mod pins;
mod platform;
mod state_file;
mod webhooks;
mod world;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use account::Account;
pub use error::StartError;
pub use options::{Companion, Options};
pub use platform::Quirk;

use engine::Engine;
use platform::{Platform, Quirks, Rates};
use state_file::Keeper;

/// The SIP domain of every agent and number here.
pub const DOMAIN: &str = "sandbox.test";

/// The platform's maker.
#[derive(Debug)]
pub struct Sandbox;

/// A platform at work. Dropping it stops it, cuts every WebSocket and frees its port.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Who may register.
    pub accounts: Vec<Account>,
    engine: Arc<Engine>,
    keeper: Option<Arc<Keeper>>,
    tasks: Vec<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts a platform; it listens when this returns.
    pub async fn spawn(options: Options) -> Result<Running, StartError> {
        if let Some(folder) = options.www.as_ref().filter(|folder| !folder.is_dir()) {
            return Err(StartError::NoFolder(folder.clone()));
        }
        let wanted = SocketAddr::new(options.bind, options.port);
        let listen = |why| StartError::Listen(wanted, why);
        let listener = TcpListener::bind(wanted).await.map_err(listen)?;
        let addr = listener.local_addr().map_err(listen)?;
        let platform = begin(&options)?;
        let accounts = platform.sip_accounts();
        let engine = Engine::new(accounts.clone(), platform, entropy::seed()?);
        let keeper = options
            .state
            .clone()
            .map(|path| Keeper::new(Arc::clone(&engine), path));
        let keeper = keeper.transpose()?;
        let clock = tokio::spawn(Arc::clone(&engine).keep_time());
        let service = http::router(Arc::clone(&engine), &options, addr.ip().is_loopback());
        let service = service.into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            // Ends only with the task: a failed accept is one visitor's trouble.
            let _ = axum::serve(listener, service).await;
        });
        let keeping = keeper.clone().map(|keeper| tokio::spawn(keeper.run()));
        Ok(Running {
            addr,
            accounts,
            engine,
            keeper,
            tasks: [server, clock].into_iter().chain(keeping).collect(),
        })
    }
}

/// The platform that was saved, or a new one around the ready-made agents.
fn begin(options: &Options) -> Result<Platform, StartError> {
    let (seed, epoch) = (entropy::seed()?, epoch());
    let saved = options.state.as_deref().map(state_file::read).transpose()?;
    let mut platform = match saved.flatten().zip(options.state.clone()) {
        Some((text, path)) => {
            Platform::load(&text, seed, epoch).map_err(|why| StartError::State(path, why))?
        }
        None => Platform::demo(&account::ready_made()?, seed, epoch),
    };
    platform.quirks = Quirks::new(&options.quirks);
    platform.limits.rates = options.rate_limits.then_some(Rates::DOCUMENTED);
    Ok(platform)
}

/// Milliseconds since 1970, now.
fn epoch() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
        // An upgraded connection is no task of ours: it ends when it is told to.
        self.engine.cut_all();
        if let Some(keeper) = &self.keeper {
            // Nobody is left to be told; the file still holds what it held a second ago.
            let _ = keeper.keep();
        }
    }
}
