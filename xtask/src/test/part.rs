//! One cargo command of the test run.

use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::tally::Tally;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// A part that takes longer hangs. The first also compiles the media stack, on a slow machine too.
const LIMIT: Duration = Duration::from_secs(25 * 60);

/// What to run and how to count it.
pub(super) struct Part {
    pub(super) name: String,
    arguments: Vec<String>,
    counted: bool,
}

impl Part {
    /// Passes or fails as a whole.
    pub(super) fn check(name: &str, arguments: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
            counted: false,
        }
    }

    /// Says how many tests passed and failed.
    pub(super) fn tests(name: &str, arguments: &[&str]) -> Self {
        Self {
            counted: true,
            ..Self::check(name, arguments)
        }
    }

    /// Runs it, its words on the screen as they come. Also says how many seconds it took.
    pub(super) fn run(&self, workspace: &Workspace, tools: &Tools, progress: Progress) -> (Tally, f32) {
        let began = Instant::now();
        let tally = self.counted_run(workspace, tools, progress, began);
        (tally, began.elapsed().as_secs_f32())
    }

    fn counted_run(&self, workspace: &Workspace, tools: &Tools, progress: Progress, began: Instant) -> Tally {
        let mut command = tools.command("cargo");
        command
            .args(&self.arguments)
            .current_dir(&workspace.root)
            .env("CARGO_TARGET_DIR", &workspace.target);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        own_group(&mut command);
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                progress.say(&format!("  cannot run cargo: {error}"));
                return Tally::of_check(false);
            }
        };
        // The reader may outlive the run, if something it started keeps the pipe open; hence a channel, not a join.
        let (lines, heard) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || echo(stdout, &lines));
        }
        let success = match wait(&mut child, began) {
            Some(status) => status.success(),
            None => {
                progress.say(&format!(
                    "  stopped after {} minutes: it hangs",
                    LIMIT.as_secs() / 60
                ));
                false
            }
        };
        if !self.counted {
            return Tally::of_check(success);
        }
        let mut tally = Tally::default();
        while let Ok(line) = heard.recv_timeout(Duration::from_secs(2)) {
            tally.hear(&line);
        }
        tally.closed(success)
    }
}

/// Shows each line, and passes on those that count.
fn echo(stdout: impl Read, lines: &mpsc::Sender<String>) {
    for line in BufReader::new(stdout).split(b'\n') {
        let Ok(line) = line else { return };
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if line.starts_with("test result: ") && lines.send(line.into_owned()).is_err() {
            return;
        }
    }
}

fn wait(child: &mut Child, began: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if began.elapsed() < LIMIT => thread::sleep(Duration::from_millis(50)),
            Ok(None) | Err(_) => {
                stop(child);
                return None;
            }
        }
    }
}

/// With nobody at the keyboard, a part and all it starts form a group that can be stopped at once. With somebody there,
/// Ctrl-C must reach them all by itself.
fn own_group(command: &mut Command) {
    #[cfg(unix)]
    if !std::io::stdin().is_terminal() {
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }
    #[cfg(not(unix))]
    let _ = command;
}

fn stop(child: &mut Child) {
    if !std::io::stdin().is_terminal() {
        // The group's id is its first process's; std has no call for it.
        let _ = Command::new("kill")
            .args(["-TERM", "--", &format!("-{}", child.id())])
            .status();
        thread::sleep(Duration::from_secs(2));
        let _ = Command::new("kill")
            .args(["-KILL", "--", &format!("-{}", child.id())])
            .stderr(Stdio::null())
            .status();
    }
    let _ = child.kill();
    let _ = child.wait();
}
