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
mod webhooks;
mod world;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use account::Account;
pub use error::StartError;
pub use options::Options;
pub use platform::Quirk;

/// The SIP domain of every agent and number here.
pub const DOMAIN: &str = "sandbox.test";

/// The platform's maker.
#[derive(Debug)]
pub struct Sandbox;

/// A platform at work. Dropping it stops it and frees its port.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Who may register.
    pub accounts: Vec<Account>,
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
        let accounts = account::ready_made()?;
        let platform = platform::Platform::demo(&accounts, entropy::seed()?, epoch());
        let engine = engine::Engine::new(accounts.clone(), platform, entropy::seed()?);
        let clock = tokio::spawn(Arc::clone(&engine).keep_time());
        let service = http::router(engine, options.www).into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            // Ends only with the task: a failed accept is one visitor's trouble.
            let _ = axum::serve(listener, service).await;
        });
        Ok(Running {
            addr,
            accounts,
            tasks: vec![server, clock],
        })
    }
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
    }
}
