//! deploy/nginx.conf

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::{Certificate, Client, StatusCode};
use server::config::HOOKS_SECRET;
use server::ops::Patience;

use crate::{NAME, Running, all_pass, answers, behind, free_port, tells_nothing};

const EXAMPLE: &str = include_str!("../../../../deploy/nginx.conf");
const INSTALL: &str = "nginx is needed: apt-get install -y nginx-light";

/// The example with the addresses and files of a test; each must be there.
fn configured(dir: &Path, port: u16, behind: SocketAddr) -> String {
    let at = |name: &str| dir.join(name).display().to_string();
    let changes = [
        ("listen 443 ssl", format!("listen 127.0.0.1:{port} ssl")),
        ("listen [::]:443 ssl http2;", String::new()),
        ("server 127.0.0.1:8080;", format!("server {behind};")),
        (
            "/etc/letsencrypt/live/phone.example/fullchain.pem",
            at("chain.pem"),
        ),
        ("/etc/letsencrypt/live/phone.example/privkey.pem", at("key.pem")),
        ("/var/log/nginx/softphone.log", at("access.log")),
    ];
    let ours = changes
        .into_iter()
        .fold(EXAMPLE.to_owned(), |text, (theirs, ours)| {
            assert!(text.contains(theirs), "{theirs}");
            text.replace(theirs, &ours)
        });
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary: String = temporary
        .iter()
        .map(|name| format!("{name}_temp_path {};\n", at(name)))
        .collect();
    format!(
        "daemon off;\nmaster_process off;\npid {};\nerror_log {} info;\nevents {{}}\nhttp {{\n{temporary}{ours}\n}}\n",
        at("pid"),
        at("error.log"),
    )
}

fn nginx(dir: &Path) -> Command {
    let system = Path::new("/usr/sbin/nginx");
    let mut command = Command::new(if system.is_file() {
        system
    } else {
        Path::new("nginx")
    });
    command.arg("-p").arg(dir).arg("-c").arg(dir.join("nginx.conf"));
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nginx_takes_the_example_and_passes_requests_and_events() {
    let server = behind().await;
    let dir = tempfile::tempdir().unwrap();
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(vec![NAME.to_owned()]).unwrap();
    let port = free_port();
    for (name, text) in [
        ("chain.pem", cert.pem()),
        ("key.pem", signing_key.serialize_pem()),
        ("nginx.conf", configured(dir.path(), port, server.addr)),
    ] {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    let tried = nginx(dir.path()).arg("-t").output().expect(INSTALL);
    assert!(
        tried.status.success(),
        "{}",
        String::from_utf8_lossy(&tried.stderr)
    );
    let running = nginx(dir.path())
        .stderr(Stdio::null())
        .spawn()
        .map(Running)
        .expect(INSTALL);
    let client = Client::builder()
        .no_proxy()
        .resolve(NAME, ([127, 0, 0, 1], port).into())
        .add_root_certificate(Certificate::from_pem(cert.pem().as_bytes()).unwrap())
        .build()
        .unwrap();
    let url = format!("https://{NAME}:{port}");
    answers(&client, &url).await;
    all_pass(&server, &client, &url).await;
    // Gone, it writes down what it could not pass on.
    server.stop(Patience::AT_ONCE).await;
    for path in [
        format!("/hooks/{HOOKS_SECRET}/popup"),
        "/api/calls?search=8789489697".to_owned(),
    ] {
        let answer = client.get(format!("{url}{path}")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_GATEWAY);
    }
    drop(running);
    let read = |name: &str| std::fs::read_to_string(dir.path().join(name)).unwrap();
    let (access, errors) = (read("access.log"), read("error.log"));
    assert!(access.contains("GET /healthz"), "{access}");
    tells_nothing(&access);
    tells_nothing(&errors);
}
