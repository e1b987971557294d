//! Servers of their own processes, on stores of their own.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The path's secret of every server here.
pub(crate) const SECRET: &str = "bench-0123456789abcdefghijklmnopqrstuv";
/// Where its webhooks are.
pub(crate) const HOOKS: &str = "/hooks/bench-0123456789abcdefghijklmnopqrstuv";

/// A server at work. Dropping it stops it.
pub(crate) struct Running {
    child: Child,
    /// `127.0.0.1:port`.
    pub(crate) address: String,
}

impl Running {
    /// Starts `program` in `folder` with the `[store]` line `store`; it answers when this returns.
    pub(crate) fn start(
        program: &Path,
        folder: &Path,
        name: &str,
        store: &str,
    ) -> Result<Self, Box<dyn Error>> {
        let config = write_config(folder, name, store)?;
        let mut child = Command::new(program)
            .arg("--config")
            .arg(config)
            .stdout(Stdio::piped())
            .stderr(fs::File::create(folder.join(format!("{name}.log")))?)
            .spawn()?;
        let out = child.stdout.take().ok_or("the server has no output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let address = line
            .split("http://")
            .nth(1)
            .map(|rest| rest.trim().trim_end_matches('/').to_owned());
        match address {
            Some(address) => Ok(Self { child, address }),
            None => {
                let _ = child.kill();
                Err(format!("the server did not start, it said \"{}\"", line.trim()).into())
            }
        }
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write_config(folder: &Path, name: &str, store: &str) -> Result<PathBuf, Box<dyn Error>> {
    let file = folder.join(format!("{name}.toml"));
    let text = format!(
        r#"listen = "127.0.0.1:0"
public_origin = "http://127.0.0.1:8080"
[store]
{store}
[vendor]
account_sid = "exoteldemo"
app_id = "bench"
app_secret = "bench"
[hooks]
secrets = ["{SECRET}"]
[dial_whom]
fallback = "frontdesk"
[reconcile]
every = "0s"
[connections]
per_address = 30000
"#
    );
    fs::write(&file, text)?;
    Ok(file)
}
