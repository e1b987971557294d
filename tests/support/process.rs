//! Programs started by a test: own process group, output kept in `target/report/logs`, gone when the value drops.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::wait::until;

/// A running program and everything it forked.
#[derive(Debug)]
pub(crate) struct Process {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Start `command` with both outputs in one log file named after `name`.
    pub(crate) fn start(name: &str, command: &mut Command) -> Self {
        let log = super::report("logs").join(format!("{name}.log"));
        let out = File::create(&log).expect("a log file");
        let err = out.try_clone().expect("a second handle on the log");
        let child = command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .process_group(0)
            .spawn()
            .unwrap_or_else(|e| panic!("cannot start {:?}: {e}", command.get_program()));
        Self {
            name: name.to_owned(),
            child,
            log,
        }
    }

    /// Everything it has printed so far.
    pub(crate) fn output(&self) -> String {
        fs::read(&self.log)
            .map(|b| String::from_utf8_lossy(&b).into_owned())
            .unwrap_or_default()
    }

    /// Wait until its output holds `words`; fails at once when the program ends first.
    pub(crate) async fn says(&mut self, words: &str) {
        let log = self.log.clone();
        until(
            &format!("{} to print {words:?} (log: {})", self.name, log.display()),
            async || {
                let seen = self.output().contains(words);
                if !seen && let Ok(Some(status)) = self.child.try_wait() {
                    panic!("{} ended with {status}; its log:\n{}", self.name, self.output());
                }
                seen.then_some(())
            },
        )
        .await;
    }

    /// Wait until it accepts TCP connections on this port of 127.0.0.1.
    pub(crate) async fn listens(&mut self, port: u16) {
        until(&format!("{} to listen on {port}", self.name), async || {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("{} ended with {status}; its log:\n{}", self.name, self.output());
            }
            tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .ok()
                .map(drop)
        })
        .await;
    }

    /// Wait for its own end.
    pub(crate) async fn finished(&mut self) -> ExitStatus {
        let name = self.name.clone();
        until(&format!("{name} to end"), async || {
            self.child.try_wait().expect("waitable")
        })
        .await
    }

    /// Cut its power: SIGKILL to the whole group, nothing said to anybody.
    pub(crate) fn kill(&mut self) {
        signal("KILL", self.child.id());
        let _ = self.child.wait();
    }

    /// Ask it to end, then insist.
    fn stop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            signal("TERM", self.child.id());
            let patience = Instant::now() + Duration::from_secs(3);
            while Instant::now() < patience && matches!(self.child.try_wait(), Ok(None)) {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        signal("KILL", self.child.id());
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Send a signal to the process group we made for `leader`.
fn signal(name: &str, leader: u32) {
    let _ = Command::new("kill")
        .args([format!("-{name}"), "--".into(), format!("-{leader}")])
        .stderr(Stdio::null())
        .status();
}

/// End what is left of programs whose command line holds `mark` (a path only this run knows).
pub(crate) fn end_marked(mark: &str) {
    let Ok(entries) = fs::read_dir("/proc") else {
        return;
    };
    for entry in entries.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse::<u32>().ok()) else {
            continue;
        };
        let line = fs::read(Path::new("/proc").join(pid.to_string()).join("cmdline")).unwrap_or_default();
        if pid != std::process::id() && String::from_utf8_lossy(&line).contains(mark) {
            let _ = Command::new("kill")
                .args(["-KILL", &pid.to_string()])
                .stderr(Stdio::null())
                .status();
        }
    }
}
