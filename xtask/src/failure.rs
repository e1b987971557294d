//! Why a command stopped, in a sentence that says what to do.

use std::fmt;
use std::path::Path;

/// A sentence for the person at the keyboard; empty if all has been said.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// In your own words.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// The screen has it already.
    pub(crate) fn silent() -> Self {
        Self(String::new())
    }

    /// To standard error.
    pub(crate) fn show(&self) {
        if !self.0.is_empty() {
            eprintln!("error: {self}");
        }
    }

    /// A file that could not be read, written, renamed…
    pub(crate) fn io(verb: &str, path: &Path, error: &std::io::Error) -> Self {
        Self(format!("cannot {verb} {}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
