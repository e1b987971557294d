//! Who may register here.

use std::fmt;

use crate::entropy;
use crate::error::StartError;

/// A ready-made agent.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// User part of the SIP address, and digest user name.
    pub user: String,
    /// Display name.
    pub display: String,
    /// Digest password, fresh each run.
    pub password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

const READY_MADE: [&str; 3] = ["Asha", "Ravi", "Meera"];

/// Whether this user is one of [`ready_made`]'s.
pub(crate) fn is_ready_made(user: &str) -> bool {
    READY_MADE.iter().any(|name| name.eq_ignore_ascii_case(user))
}

/// Asha, Ravi and Meera, with new passwords.
pub(crate) fn ready_made() -> Result<Vec<Account>, StartError> {
    READY_MADE
        .into_iter()
        .map(|name| {
            let seed = entropy::seed()?;
            let password = entropy::hex(seed.get(..9).unwrap_or(&seed));
            Ok(Account {
                user: name.to_lowercase(),
                display: name.to_owned(),
                password,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_differ_and_stay_out_of_debug() {
        let accounts = ready_made().unwrap();
        assert_ne!(accounts[0].password, accounts[1].password);
        assert_eq!(accounts[0].password.len(), 18);
        assert!(!format!("{accounts:?}").contains(&accounts[0].password));
    }
}
