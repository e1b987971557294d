//! Signing in, by whichever way.

use std::net::IpAddr;

use axum::http::StatusCode;
use protocol::session::SignIn;
use protocol::{Millis, Secret};

use super::{Auth, Opened, people};
use crate::store::{Carrier, Person};
use crate::{Answer, Refused};

/// How somebody shows who they are. OpenID Connect would be a second variant: see `docs/decisions.md`.
#[derive(Debug)]
pub enum Way {
    /// Name and password of a local account.
    Local(SignIn),
}

impl Auth {
    /// Opens a session for a page at top level.
    ///
    /// # Errors
    /// 401 with one sentence for every reason, 429 after too many tries.
    pub async fn sign_in(&self, way: Way, address: Option<IpAddr>, now: Millis) -> Answer<Opened> {
        let person = match way {
            Way::Local(typed) => self.local(typed, address, now).await?,
        };
        let opened = self.open(&person, Carrier::Cookie, now).await?;
        let opened = opened.ok_or_else(wrong)?;
        self.record(&person.name, "sign_in", &person.name).await;
        Ok(opened)
    }

    /// The account, if the password is right. Takes the same work and gives the same answer for an unknown name, a wrong
    /// password, an account without one and one that may not sign in.
    async fn local(&self, typed: SignIn, address: Option<IpAddr>, now: Millis) -> Answer<Person> {
        // A name that no account can have is not worth remembering by itself.
        let name = people::name(&typed.name).unwrap_or_default();
        self.tries.begin(&name, address, now).map_err(Refused::too_many)?;
        let checked = self.check(&name, typed.password).await;
        let checked = checked.inspect_err(|_| self.tries.give_back(&name, address));
        let person = checked?.ok_or_else(wrong)?;
        self.tries.succeeded(&name, address);
        Ok(person)
    }

    /// The account, if the password is its own. An error means that no password was looked at.
    async fn check(&self, name: &str, password: Secret) -> Answer<Option<Person>> {
        let person = self.store.person(name).await?;
        let known = person.as_ref().map(|person| person.password_hash.clone());
        let known = known.filter(|hash| !hash.is_empty());
        let right = self.passwords.check(password, known).await?;
        Ok(person.filter(|person| right && !person.disabled))
    }
}

/// 401, without a reason.
fn wrong() -> Refused {
    let message = "The name or the password is wrong. Try again, or ask an admin for a new password.";
    Refused::new(StatusCode::UNAUTHORIZED, "wrong_password", message)
}
