//! Joins the world to its clock, sockets and media.

use crate::account::Account;

/// The running platform.
pub(crate) struct Engine {
    accounts: Vec<Account>,
}

impl Engine {
    pub(crate) fn new(accounts: Vec<Account>) -> Self {
        Self { accounts }
    }

    pub(crate) fn accounts(&self) -> &[Account] {
        &self.accounts
    }
}
