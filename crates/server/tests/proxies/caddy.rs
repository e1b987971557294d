//! deploy/Caddyfile

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use reqwest::Client;

use crate::{NAME, Running, all_pass, answers, behind, free_port, tells_nothing};

const EXAMPLE: &str = include_str!("../../../../deploy/Caddyfile");
const INSTALL: &str = "Caddy is needed: apt-get install -y caddy";

fn caddy(dir: &Path, verb: &str) -> Command {
    let mut command = Command::new("caddy");
    command
        .args([verb, "--adapter", "caddyfile", "--config"])
        .arg(dir.join("Caddyfile"))
        .env("HOME", dir)
        .env("XDG_DATA_HOME", dir)
        .env("XDG_CONFIG_HOME", dir);
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn caddy_takes_the_example_and_passes_requests_and_events() {
    let server = behind().await;
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let site = format!("http://{NAME}:{port} {{\n\tbind 127.0.0.1");
    let changes = [
        ("{\n\tlog default", "{\n\tadmin off\n\tlog default".to_owned()),
        ("phone.example {", site),
        ("127.0.0.1:8080 {", format!("{} {{", server.addr)),
    ];
    let ours = changes
        .into_iter()
        .fold(EXAMPLE.to_owned(), |text, (theirs, ours)| {
            assert!(text.contains(theirs), "{theirs}");
            text.replace(theirs, &ours)
        });
    let file = dir.path().join("Caddyfile");
    // First as it stands, then with the addresses of a test.
    for text in [EXAMPLE, &ours] {
        std::fs::write(&file, text).unwrap();
        let tried = caddy(dir.path(), "validate").output().expect(INSTALL);
        assert!(
            tried.status.success(),
            "{}",
            String::from_utf8_lossy(&tried.stderr)
        );
    }
    let log = dir.path().join("log");
    let running = caddy(dir.path(), "run")
        .stdout(Stdio::null())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .map(Running)
        .expect(INSTALL);
    let client = Client::builder()
        .no_proxy()
        .resolve(NAME, ([127, 0, 0, 1], port).into())
        .build()
        .unwrap();
    let url = format!("http://{NAME}:{port}");
    answers(&client, &url).await;
    all_pass(&server, &client, &url).await;
    drop(running);
    tells_nothing(&std::fs::read_to_string(&log).unwrap());
}
