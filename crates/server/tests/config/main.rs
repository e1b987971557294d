//! `softphone.toml`: what is read, what is refused, and in which words.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod deploy;
mod example;
mod faults;
mod sources;

use std::path::Path;

use server::config::{self, Config, Faults};

/// The least that starts.
const LEAST: &str = r#"
public_origin = "https://phone.example"
[vendor]
account_sid = "example1"
app_id = "app"
app_secret = "app-secret-canary"
[hooks]
secrets = ["hooks-secret-canary-hooks-secret"]
"#;

/// Reads `text` without an environment, in a folder that is not there.
fn read(text: &str) -> Result<Config, Faults> {
    read_in(Path::new("/nowhere"), text, &[])
}

fn read_in(folder: &Path, text: &str, variables: &[(&str, &str)]) -> Result<Config, Faults> {
    let owned = variables
        .iter()
        .map(|(name, value)| (String::from(*name), String::from(*value)));
    config::read("softphone.toml", text, folder, owned)
}

/// The faults of `text`, a line each.
fn faults(text: &str) -> Vec<String> {
    match read(text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.to_string().lines().map(str::to_owned).collect(),
    }
}
