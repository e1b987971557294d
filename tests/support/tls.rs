//! Encryption before a plain server of a story, and names for it: browsers take `crm.test` and `phone.test` for two sites.

use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::ports;

/// What the browser of such a story needs: the names lead here, and nobody has signed their certificates.
pub(crate) const FLAGS: &[&str] = &[
    "--host-resolver-rules=MAP *.test 127.0.0.1",
    "--ignore-certificate-errors",
];

/// Listens with TLS, and passes on to a plain port of this machine. Ends with its owner.
pub(crate) struct Front {
    /// Where browsers find it: `https://crm.test:40123`.
    pub(crate) origin: String,
    listening: JoinHandle<()>,
}

impl Front {
    /// Starts one called `name` before `plain`.
    pub(crate) async fn start(name: &str, plain: u16) -> Self {
        Self::start_at(name, ports::free(), plain).await
    }

    /// The same on a port of the story's own.
    pub(crate) async fn start_at(name: &str, port: u16, plain: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("a free port");
        let acceptor = acceptor(name);
        let listening = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(pass_on(acceptor.clone(), socket, plain));
            }
        });
        Self {
            origin: format!("https://{name}:{port}"),
            listening,
        }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

fn acceptor(name: &str) -> TlsAcceptor {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([name.to_owned(), format!("*.{name}")]).expect("a certificate");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the usual versions")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a certificate and its key");
    TlsAcceptor::from(Arc::new(config))
}

/// A browser that leaves in the middle is no fault of ours.
async fn pass_on(acceptor: TlsAcceptor, socket: TcpStream, plain: u16) {
    let Ok(mut outside) = acceptor.accept(socket).await else {
        return;
    };
    if let Ok(mut inside) = TcpStream::connect(("127.0.0.1", plain)).await {
        let _ = copy_bidirectional(&mut outside, &mut inside).await;
    }
}
