//! Starting and stopping a whole server.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::connections::{Certificate, Room, Serving};
use super::{Limits, Patience, TlsError, retention};
use crate::config::Config;
use crate::store::{Store, StoreError};
use crate::{App, routes};

/// Why it did not start.
#[derive(Debug)]
pub enum StartError {
    /// The store cannot be used.
    Store(StoreError),
    /// The certificate cannot be used.
    Tls(TlsError),
    /// The address cannot be listened on.
    Listen(SocketAddr, std::io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Tls(error) => error.fmt(f),
            Self::Listen(addr, error) => write!(
                f,
                "{addr} cannot be listened on ({error}): stop what uses it, or choose another `listen`"
            ),
        }
    }
}

impl std::error::Error for StartError {}

/// A server that answers.
pub struct Running {
    /// Where.
    pub addr: SocketAddr,
    /// Its parts.
    pub app: App,
    certificate: Option<Arc<Certificate>>,
    accepting: JoinHandle<()>,
}

/// Starts everything that `config` says, over `store`.
///
/// # Errors
/// See [`StartError`]. Nothing runs then.
pub async fn start(config: Config, store: Arc<dyn Store>, limits: Limits) -> Result<Running, StartError> {
    let certificate = config.tls.as_ref().map(Certificate::read).transpose();
    let certificate = certificate.map_err(StartError::Tls)?.map(Arc::new);
    let listen = config.listen;
    let listener = TcpListener::bind(listen).await;
    let listener = listener.map_err(|error| StartError::Listen(listen, error))?;
    let addr = listener.local_addr();
    let addr = addr.map_err(|error| StartError::Listen(listen, error))?;
    let app = App::start(config, store).await.map_err(StartError::Store)?;
    app.drain.spawn_while_serving(retention::run(app.clone()));
    app.drain
        .spawn_while_serving(retention::empty_pushes(app.clone()));
    app.drain.spawn_while_serving(crate::reconcile::run(app.clone()));
    app.drain.spawn(crate::crm::run(app.clone()));
    app.drain
        .spawn_while_serving(crate::admin::apps::follow(app.clone()));
    app.drain.spawn(crate::admin::jobs::run::run(app.clone()));
    app.drain
        .spawn_while_serving(crate::admin::policy::follow(app.clone()));
    if let Some(certificate) = &certificate {
        let certificate = Arc::clone(certificate);
        app.drain
            .spawn_while_serving(async move { certificate.follow_files().await });
    }
    let serving = Serving {
        router: routes::router(&app),
        tls: certificate.clone(),
        limits,
        room: Room::new(&app.config.connections, &app.config.trusted_proxies),
        trusted_proxies: app.config.trusted_proxies.clone().into(),
        drain: app.drain.clone(),
        metrics: app.metrics.clone(),
    };
    let accepting = tokio::spawn(serving.accept(listener));
    Ok(Running {
        addr,
        app,
        certificate,
        accepting,
    })
}

impl Running {
    /// Shows a renewed certificate from now on.
    pub fn reread_certificate(&self) {
        if let Some(certificate) = &self.certificate {
            certificate.reread_and_say();
        }
    }

    /// Goes down in order, see [`super::Drain`].
    pub async fn stop(self, patience: Patience) {
        tracing::info!("going down");
        self.app.drain.begin();
        // Connections are still accepted while streams end, so that whoever asks `/readyz` gets an answer.
        let streams = self.app.hub.end_streams(patience.spread);
        tokio::join!(streams, tokio::time::sleep(patience.spread));
        self.accepting.abort();
        let left = patience
            .longest
            .saturating_sub(patience.spread)
            .max(Duration::from_millis(100));
        self.app.drain.finish(left).await;
        self.app.store.close().await;
        tracing::info!("down");
    }
}
