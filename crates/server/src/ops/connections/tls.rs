//! TLS from certificate files, which may be renewed while the server runs.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig};

use crate::config::Tls;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(60);

/// Why there is no certificate to show.
#[derive(Debug)]
pub enum TlsError {
    /// The file cannot be read, or holds no such thing.
    File {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Certificate and key do not belong together, or are of no known sort.
    Pair(rustls::Error),
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, why } => write!(f, "{} cannot be used for TLS: {why}", path.display()),
            Self::Pair(error) => write!(
                f,
                "the TLS certificate and its key cannot be used together: {error}"
            ),
        }
    }
}

impl std::error::Error for TlsError {}

/// The certificate that is shown now.
pub(crate) struct Certificate {
    files: Tls,
    shown: Arc<Shown>,
    acceptor: TlsAcceptor,
}

#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Certificate {
    /// Reads the files.
    ///
    /// # Errors
    /// One of them cannot be used.
    pub(crate) fn read(files: &Tls) -> Result<Self, TlsError> {
        let shown = Arc::new(Shown(RwLock::new(Arc::new(pair(files)?))));
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(TlsError::Pair)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&shown) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            files: files.clone(),
            shown,
            acceptor: TlsAcceptor::from(Arc::new(config)),
        })
    }

    /// For one connection.
    pub(super) fn acceptor(&self) -> &TlsAcceptor {
        &self.acceptor
    }

    /// Reads the files again. A pair that cannot be used leaves the one before in place.
    ///
    /// # Errors
    /// One of them cannot be used.
    pub(crate) fn reread(&self) -> Result<(), TlsError> {
        let pair = Arc::new(pair(&self.files)?);
        *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) = pair;
        Ok(())
    }

    /// Rereads when the files change, for ever.
    pub(crate) async fn follow_files(&self) {
        let mut seen = self.changed_at();
        loop {
            tokio::time::sleep(LOOK).await;
            let now = self.changed_at();
            if now != seen {
                seen = now;
                self.reread_and_say();
            }
        }
    }

    /// Rereads and logs how it went.
    pub(crate) fn reread_and_say(&self) {
        match self.reread() {
            Ok(()) => tracing::info!("the TLS certificate was read again"),
            Err(error) => tracing::error!(%error, "the TLS certificate stays as it was"),
        }
    }

    fn changed_at(&self) -> [Option<SystemTime>; 2] {
        [&self.files.certificate, &self.files.key]
            .map(|path| std::fs::metadata(path).and_then(|data| data.modified()).ok())
    }
}

/// Certificate chain and key of the two files.
fn pair(files: &Tls) -> Result<CertifiedKey, TlsError> {
    let fault = |path: &PathBuf, why: &dyn fmt::Display| TlsError::File {
        path: path.clone(),
        why: why.to_string(),
    };
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(&files.certificate)
        .map_err(|error| fault(&files.certificate, &error))?
        .collect();
    let chain = chain.map_err(|error| fault(&files.certificate, &error))?;
    if chain.is_empty() {
        return Err(fault(&files.certificate, &"it holds no certificate"));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| fault(&files.key, &error))?;
    CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider()).map_err(TlsError::Pair)
}
