//! Our TURN credentials against a real coturn, which shares the secret and nothing else.

use std::net::UdpSocket;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use protocol::phone::IceServer;
use server::clock;
use server::config::TurnConfig;
use server::phone::turn;
use tempfile::TempDir;

const INSTALL: &str = "coturn is needed: apt-get install -y coturn";
const SECRET: &str = "a secret that coturn knows too";

/// A coturn of the test's own on 127.0.0.1.
struct Coturn {
    process: Child,
    port: u16,
    _dir: TempDir,
}

impl Coturn {
    fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let port = UdpSocket::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let at = |name: &str| dir.path().join(name).display().to_string();
        let process = Command::new("turnserver")
            .args([
                "-n",
                "--use-auth-secret",
                "--no-cli",
                "--no-tls",
                "--no-dtls",
                "--allow-loopback-peers",
            ])
            .args([
                "--listening-ip=127.0.0.1",
                "--relay-ip=127.0.0.1",
                "--realm=phone.test",
                "--log-file=stdout",
            ])
            .arg(format!("--listening-port={port}"))
            .arg(format!("--static-auth-secret={SECRET}"))
            .arg(format!("--pidfile={}", at("pid")))
            .arg(format!("--userdb={}", at("db")))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect(INSTALL);
        Self {
            process,
            port,
            _dir: dir,
        }
    }

    /// Whether coturn's own client gets an allocation with `server`'s credential and data through it.
    fn allocates(&self, server: &IceServer) -> bool {
        let status = Command::new("turnutils_uclient")
            .args(["-u", server.username.as_deref().unwrap()])
            .args(["-w", server.credential.as_ref().unwrap().reveal()])
            .args([
                "-p",
                &self.port.to_string(),
                "-n",
                "1",
                "-m",
                "1",
                "-y",
                "127.0.0.1",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect(INSTALL);
        status.success()
    }
}

impl Drop for Coturn {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn credential(secret: &str, now: i64) -> IceServer {
    let config = TurnConfig {
        urls: vec!["turn:127.0.0.1".to_owned()],
        secret: exotel::Secret::from(secret),
        ttl: Duration::from_secs(600),
    };
    turn::server(&config, "asha", now)
}

#[test]
fn coturn_takes_our_credential_and_no_ended_or_forged_one() {
    let coturn = Coturn::start();
    let good = credential(SECRET, clock::now());
    // It needs a moment to listen; then the same client that succeeds is refused.
    let patience = Instant::now();
    while !coturn.allocates(&good) {
        assert!(
            patience.elapsed() < Duration::from_secs(30),
            "coturn refuses a good credential"
        );
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(
        !coturn.allocates(&credential(SECRET, clock::now() - 700_000)),
        "it has ended"
    );
    assert!(
        !coturn.allocates(&credential("another secret", clock::now())),
        "it is forged"
    );
    let mut longer = credential(SECRET, clock::now());
    longer.username = credential(SECRET, clock::now() + 3_600_000).username;
    assert!(
        !coturn.allocates(&longer),
        "a name with a later end, and the old password"
    );
    assert!(coturn.allocates(&good), "the good one is still good");
}
