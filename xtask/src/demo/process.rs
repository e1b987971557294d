//! A program of the demo: started, waited for until it answers, stopped.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// How long a program has to end by itself.
const LIMIT: Duration = Duration::from_secs(10);

/// A program that runs. Dropping it ends it at once.
pub(super) struct Process {
    name: &'static str,
    child: Mutex<Child>,
    log: PathBuf,
}

impl Process {
    /// Returns once it has said its first line, which both our programs do when they answer. What it logs goes below
    /// `scratch`.
    pub(super) fn start(
        name: &'static str,
        program: &Path,
        arguments: &[String],
        scratch: &Path,
    ) -> Result<Self, Failure> {
        fs::create_dir_all(scratch).map_err(|e| Failure::io("create", scratch, &e))?;
        let log = scratch.join(format!("demo-{name}.log"));
        let file = File::create(&log).map_err(|e| Failure::io("create", &log, &e))?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(file)
            .spawn()
            .map_err(|e| Failure::io("start", program, &e))?;
        let out = child.stdout.take();
        let process = Self {
            name,
            child: Mutex::new(child),
            log,
        };
        let mut lines = BufReader::new(out.ok_or_else(|| process.failed())?);
        let mut first = String::new();
        let read = lines.read_line(&mut first);
        if !read.is_ok_and(|count| count > 0) {
            return Err(process.failed());
        }
        // A full pipe would stop it.
        thread::spawn(move || for _ in lines.lines().map_while(Result::ok) {});
        Ok(process)
    }

    /// Fails when it has ended.
    pub(super) fn still_runs(&self) -> Result<(), Failure> {
        match self.has_ended() {
            true => Err(self.failed()),
            false => Ok(()),
        }
    }

    fn failed(&self) -> Failure {
        let said = fs::read_to_string(&self.log).unwrap_or_default();
        let name = self.name;
        Failure::new(format!("the {name} ended. It said:\n{}", said.trim_end()))
    }

    fn has_ended(&self) -> bool {
        // A panic of another thread has nothing to do with the child.
        let mut child = self
            .child
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        !matches!(child.try_wait(), Ok(None))
    }

    /// Asks it to end, as a service manager does, and waits. Ctrl-C has reached it already.
    pub(super) fn stop(self) {
        let id = self
            .child
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .id();
        if cfg!(unix) {
            // std can only kill. Should there be no `kill`, dropping does it.
            let _ = Command::new("kill")
                .arg(id.to_string())
                .stderr(Stdio::null())
                .status();
        }
        let began = Instant::now();
        while !self.has_ended() && began.elapsed() < LIMIT {
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let child = self
            .child
            .get_mut()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // Ended already, or ends now: either way it is gone.
        let _ = child.kill();
        let _ = child.wait();
    }
}
