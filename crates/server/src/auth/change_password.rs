//! Another password for one's own account.

use std::net::IpAddr;

use axum::http::StatusCode;
use protocol::Millis;
use protocol::session::NewPassword;

use super::password::NoHash;
use super::{Auth, Caller};
use crate::{Answer, Refused};

impl Auth {
    /// Gives the caller's account the new password, and ends its sessions but the caller's.
    ///
    /// # Errors
    /// 422 names the password that cannot be; 429 after too many wrong ones, signing in included.
    pub async fn change_password(
        &self,
        caller: &Caller,
        typed: NewPassword,
        address: Option<IpAddr>,
        now: Millis,
    ) -> Answer<()> {
        let before = self.store().person(&caller.name).await?;
        let before = before.map(|person| person.password_hash).unwrap_or_default();
        if before.is_empty() {
            let message =
                "This account has no password: it signs in from another page. Ask an admin to set one.";
            return Err(Refused::new(StatusCode::CONFLICT, "no_password", message));
        }
        if typed.old == typed.new {
            return Err(Refused::field(
                "new",
                "This is the password that you have. Choose another one.",
            ));
        }
        self.tries
            .begin(&caller.name, address, now)
            .map_err(Refused::too_many)?;
        let right = self.passwords.check(typed.old, Some(before.clone())).await;
        let right = right.inspect_err(|_| self.tries.give_back(&caller.name, address));
        if !right? {
            let message = "This is not your password. Type it again, or ask an admin for a new one.";
            return Err(Refused::field("old", message));
        }
        self.tries.succeeded(&caller.name, address);
        let after = self.passwords.hash(typed.new).await.map_err(of_the_new_one)?;
        let store = self.store();
        if !store
            .put_password(&caller.name, &before, &after, &caller.session, now)
            .await?
        {
            let message =
                "Your password was changed meanwhile, and not by you here. Sign in with it, or ask an admin.";
            return Err(Refused::new(StatusCode::CONFLICT, "changed_meanwhile", message));
        }
        self.record(&caller.name, "change_password", &caller.name).await;
        Ok(())
    }
}

/// The rule is about the new one of the two.
fn of_the_new_one(error: NoHash) -> Refused {
    let mut refused = Refused::from(error);
    if refused.problem.field.is_some() {
        refused.problem.field = Some("new".to_owned());
    }
    refused
}
