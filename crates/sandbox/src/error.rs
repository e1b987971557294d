//! What can go wrong outside a call. Each is a sentence for the person at the keyboard.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a sandbox did not start.
#[derive(Debug)]
pub enum StartError {
    /// The address could not be listened on.
    Listen(SocketAddr, io::Error),
    /// `--www` names no folder.
    NoFolder(PathBuf),
    /// `--state` names a file that cannot be used.
    State(PathBuf, String),
    /// The system gave no random bytes for passwords.
    NoEntropy,
}

impl std::error::Error for StartError {}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, why) => write!(f, "Cannot listen on {address}: {why}."),
            Self::NoFolder(path) => {
                write!(
                    f,
                    "There is no folder {}; build the widget first or leave --www out.",
                    path.display()
                )
            }
            Self::State(path, why) => write!(f, "Cannot use {} as state: {why}.", path.display()),
            Self::NoEntropy => write!(f, "The system gives no random numbers."),
        }
    }
}
