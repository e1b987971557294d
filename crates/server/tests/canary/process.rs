//! The built program with a folder of its own, logging all there is to log.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(60);

/// A configuration on disk.
pub(crate) struct Folder(TempDir);

/// What a run said.
pub(crate) struct Output {
    pub(crate) ok: bool,
    pub(crate) out: String,
    pub(crate) errors: String,
}

/// A server that answers.
pub(crate) struct Server {
    pub(crate) address: String,
    child: Child,
    log: PathBuf,
}

impl Folder {
    pub(crate) fn new(config: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("softphone.toml"), config).unwrap();
        Self(dir)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The bytes of all files of the store.
    pub(crate) fn records(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap());
        let files = files.filter(|file| file.file_name().to_string_lossy().starts_with("softphone.sqlite"));
        files
            .flat_map(|file| std::fs::read(file.path()).unwrap())
            .collect()
    }

    /// Runs to the end.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Output {
        let run = self.command().args(arguments).stderr(Stdio::piped()).output();
        let output = timeout(PATIENCE, run).await.unwrap().unwrap();
        Output {
            ok: output.status.success(),
            out: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts the server and waits for the line that says where it listens.
    pub(crate) async fn start(&self) -> Server {
        let log = self.0.path().join("log");
        // A file: a pipe that nobody reads would stop the server.
        let file = std::fs::File::create(&log).unwrap();
        let command = &mut self.command();
        let mut child = command.stderr(Stdio::from(file)).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap();
        let line = line.unwrap_or_else(|| panic!("{}", std::fs::read_to_string(&log).unwrap()));
        let address = line.strip_prefix("Listening on ").unwrap().to_owned();
        Server { address, child, log }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_softphone-server"));
        command
            .arg("--config")
            .arg(self.0.path().join("softphone.toml"))
            .args(["--log", "trace", "--log-format", "json"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

impl Server {
    /// SIGTERM; all that it logged.
    pub(crate) async fn stop(mut self) -> String {
        let pid = self.child.id().unwrap().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().await.unwrap();
        assert!(told.success());
        let ended = timeout(PATIENCE, self.child.wait()).await;
        ended.expect("it does not go down").unwrap();
        std::fs::read_to_string(&self.log).unwrap()
    }
}
