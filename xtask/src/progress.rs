//! One line per step on the screen, each with the time since the command began.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// A silent step says that it is alive this often.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// Since when the command runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    began: Instant,
}

impl Progress {
    /// The clock starts.
    pub(crate) fn start() -> Self {
        Self {
            began: Instant::now(),
        }
    }

    /// A line.
    pub(crate) fn say(&self, line: &str) {
        let seconds = self.began.elapsed().as_secs();
        println!("[{:>2}:{:02}] {line}", seconds / 60, seconds % 60);
    }

    /// Runs a long command whose own words matter only if it fails: they go to `log`, and the screen gets the last of
    /// them now and then.
    pub(crate) fn quietly(&self, what: &str, command: &mut Command, log: &Path) -> Result<(), Failure> {
        self.say(what);
        let began = Instant::now();
        if let Some(folder) = log.parent() {
            fs::create_dir_all(folder).map_err(|e| Failure::io("create", folder, &e))?;
        }
        let out = File::create(log).map_err(|e| Failure::io("create", log, &e))?;
        let err = out.try_clone().map_err(|e| Failure::io("open", log, &e))?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .spawn()
            .map_err(|e| Failure::new(format!("{what}: cannot start {:?}: {e}", command.get_program())))?;
        let mut beat = Instant::now();
        let status = loop {
            let ended = child
                .try_wait()
                .map_err(|e| Failure::new(format!("{what}: {e}")))?;
            if let Some(status) = ended {
                break status;
            }
            if beat.elapsed() >= HEARTBEAT {
                beat = Instant::now();
                let last = last_lines(log, 1);
                self.say(&format!(
                    "  … {}",
                    if last.is_empty() {
                        "still at it"
                    } else {
                        last.trim()
                    }
                ));
            }
            thread::sleep(Duration::from_millis(100));
        };
        if status.success() {
            self.say(&format!("  done in {:.1} s", began.elapsed().as_secs_f32()));
            return Ok(());
        }
        Err(Failure::new(format!(
            "{what}: {status}. The end of {}:\n{}",
            log.display(),
            last_lines(log, 30)
        )))
    }
}

fn last_lines(file: &Path, count: usize) -> String {
    let text = fs::read(file)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines
        .get(lines.len().saturating_sub(count)..)
        .unwrap_or_default()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_is_reported_with_the_end_of_its_output() {
        let log = std::env::temp_dir().join(format!("softphone-progress-{}.log", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "echo first; echo the reason >&2; exit 3"]);
        let failure = Progress::start()
            .quietly("trying", &mut command, &log)
            .unwrap_err()
            .to_string();
        assert!(
            failure.contains("the reason") && failure.contains("3"),
            "{failure}"
        );
        fs::remove_file(&log).unwrap();
    }
}
