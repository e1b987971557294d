//! TLS by files, and certificates that are renewed while the server runs.

use std::path::Path;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use server::config::{Config, Tls};
use server::ops::Limits;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Writes a fresh pair over the files of `tls`; the certificate.
fn renew(tls: &Tls) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["phone.test".to_owned()]).unwrap();
    std::fs::write(&tls.certificate, cert.pem()).unwrap();
    std::fs::write(&tls.key, signing_key.serialize_pem()).unwrap();
    cert.der().clone()
}

fn files(dir: &Path) -> Tls {
    Tls {
        certificate: dir.join("chain.pem"),
        key: dir.join("key.pem"),
    }
}

/// The answer to a request by somebody who trusts only `certificate`.
async fn ask(addr: std::net::SocketAddr, certificate: CertificateDer<'static>) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(addr).await?;
    let name = "phone.test".try_into().unwrap();
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    let request = b"GET /healthz HTTP/1.1\r\nhost: phone.test\r\nconnection: close\r\n\r\n";
    stream.write_all(request).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_and_a_broken_one_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let tls = files(dir.path());
    let first = renew(&tls);
    let mut config = Config::for_tests(dir.path(), None);
    config.tls = Some(tls.clone());
    let store = server::store::open(&config.store).await.unwrap();
    let running = server::ops::start(config, store, Limits::default())
        .await
        .unwrap();
    let answer = ask(running.addr, first.clone()).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    let second = renew(&tls);
    running.reread_certificate();
    assert!(ask(running.addr, first).await.is_err(), "the old one is gone");
    assert!(ask(running.addr, second.clone()).await.is_ok());

    std::fs::write(&tls.certificate, "half a file").unwrap();
    running.reread_certificate();
    let answer = ask(running.addr, second).await;
    assert!(answer.is_ok(), "a broken file leaves the one before in place");
    running.app.drain.cut();
}

#[tokio::test]
async fn a_pair_that_cannot_be_used_is_told_at_the_start() {
    let dir = tempfile::tempdir().unwrap();
    let tls = files(dir.path());
    renew(&tls);
    std::fs::write(&tls.key, "nothing").unwrap();
    let mut config = Config::for_tests(dir.path(), None);
    config.tls = Some(tls);
    let store = server::store::open(&config.store).await.unwrap();
    let started = server::ops::start(config, store, Limits::default()).await;
    let sentence = started.err().expect("it does not start").to_string();
    assert!(sentence.contains("key.pem"), "{sentence}");
}
