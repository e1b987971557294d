//! Accounts and keys from the command line, beside a server that runs or not.

mod key;
mod typed;
mod user;

pub use key::Key;
pub use user::{RoleName, User};

use crate::{Answer, Refused};

/// What is said when it is done; or why it is not.
type Said = Result<String, String>;

/// The sentence of a refusal.
fn sentence<T>(answer: Answer<T>) -> Result<T, String> {
    answer.map_err(|Refused { problem, .. }| problem.message)
}
