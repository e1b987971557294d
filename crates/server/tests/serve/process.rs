//! The built program with a folder of its own.

use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(40);

/// A configuration on disk.
pub(crate) struct Written {
    dir: TempDir,
}

/// A server that answers.
pub(crate) struct Process {
    pub(crate) address: String,
    pub(crate) dir: TempDir,
    child: Child,
}

impl Written {
    /// Runs to the end: exit code, standard output, standard error.
    pub(crate) async fn output(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        output(&self.dir, arguments).await
    }
}

impl Process {
    /// A configuration that listens on `listen`.
    pub(crate) fn write(listen: &str) -> Written {
        let dir = tempfile::tempdir().unwrap();
        let text = format!(
            r#"
listen = "{listen}"
public_origin = "http://localhost:8080"
[store]
sqlite = "softphone.sqlite"
[vendor]
account_sid = "exoteldemo"
app_id = "app"
app_secret = "canary-app-secret"
[hooks]
secrets = ["canary-hooks-secret-path"]
[phone]
country = "IN"
"#
        );
        std::fs::write(dir.path().join("softphone.toml"), text).unwrap();
        Written { dir }
    }

    /// Starts one and waits for the line that says where it listens.
    pub(crate) async fn start(log_format: &str) -> Self {
        let Written { dir } = Self::write("127.0.0.1:0");
        let mut child = command(&dir)
            .args(["--log-format", log_format, "--log", "debug"])
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap();
        let Some(line) = line else {
            let mut errors = String::new();
            child
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut errors)
                .await
                .unwrap();
            panic!("it did not start: {errors}");
        };
        let address = line.strip_prefix("Listening on ").unwrap().to_owned();
        Self { address, dir, child }
    }

    /// Another run over the same configuration.
    pub(crate) async fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        output(&self.dir, arguments).await
    }

    /// SIGTERM; the exit code and all it logged.
    pub(crate) async fn terminate(&mut self) -> (Option<i32>, String) {
        let pid = self.child.id().unwrap().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().await.unwrap();
        assert!(told.success());
        let mut log = String::new();
        let errors = self.child.stderr.as_mut().unwrap();
        let read = timeout(PATIENCE, errors.read_to_string(&mut log)).await;
        read.expect("it does not go down").unwrap();
        (self.child.wait().await.unwrap().code(), log)
    }
}

fn command(dir: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_softphone-server"));
    command
        .arg("--config")
        .arg(dir.path().join("softphone.toml"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn output(dir: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = command(dir).args(arguments).output();
    let output = timeout(PATIENCE, run).await.unwrap().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}
