//! A server process that is killed and started again on the same port.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Where its webhooks are.
pub(crate) const HOOKS: &str = "/hooks/crash-0123456789abcdefghijklmnopqrstuv";

/// A server that can be killed.
pub(crate) struct Server {
    config: PathBuf,
    child: Option<Child>,
    /// `127.0.0.1:port`, the same after each start.
    pub(crate) address: String,
}

impl Server {
    /// Writes a configuration with this `[store]` line; starts nothing yet.
    pub(crate) fn prepare(folder: &Path, store: &str) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap().to_string();
        let config = folder.join("softphone.toml");
        let text = format!(
            r#"listen = "{address}"
public_origin = "http://127.0.0.1:8080"
[store]
{store}
[vendor]
account_sid = "exoteldemo"
app_id = "crash"
app_secret = "crash"
[hooks]
secrets = ["{}"]
[reconcile]
every = "0s"
"#,
            HOOKS.trim_start_matches("/hooks/")
        );
        std::fs::write(&config, text).unwrap();
        Self {
            config,
            child: None,
            address,
        }
    }

    /// Starts it; it answers when this returns.
    pub(crate) fn start(&mut self) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_softphone-server"))
            .arg("--config")
            .arg(&self.config)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        assert!(line.contains(&self.address), "the server said {line:?}");
        self.child = Some(child);
    }

    /// SIGKILL: it cannot do anything about it.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
