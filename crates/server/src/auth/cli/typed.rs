//! Passwords from a file, a terminal or a script.

use std::io::{BufRead, IsTerminal};
use std::path::Path;

use protocol::Secret;

/// The first line of the file, or of what is typed.
pub(super) fn password(file: Option<&Path>) -> Result<Secret, String> {
    let line = match file {
        Some(file) => std::fs::read_to_string(file)
            .map_err(|error| format!("{} cannot be read: {error}.", file.display()))?
            .lines()
            .next()
            .map(str::to_owned),
        None => asked()?,
    };
    let line = line.filter(|line| !line.is_empty());
    line.map(Secret::new)
        .ok_or_else(|| "No password was given.".to_owned())
}

/// Asks on a terminal, without showing what is typed; else reads a line of the standard input, as scripts want it.
fn asked() -> Result<Option<String>, String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        let typed = rpassword::prompt_password("Password: ");
        return typed
            .map(Some)
            .map_err(|error| format!("The terminal cannot be read: {error}."));
    }
    let line = stdin.lock().lines().next().transpose();
    line.map_err(|error| format!("The standard input cannot be read: {error}."))
}
