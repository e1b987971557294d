//! Accounts: their names, and how changing one ends its sessions.

use protocol::Millis;
use protocol::people::PersonChange;

use super::Auth;
use crate::store::{Kept, Person};
use crate::{Answer, Refused};

/// The longest name.
pub const LONGEST_NAME: usize = 64;

/// A name as it is kept: lower case, ASCII letters, digits and `.`, `_`, `-`, `@`, so that no two look alike. `None`: nobody
/// can be called so.
pub fn name(typed: &str) -> Option<String> {
    let name = typed.trim().to_ascii_lowercase();
    let length = (1..=LONGEST_NAME).contains(&name.len());
    let letters = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._-@".contains(c));
    (length && letters).then_some(name)
}

/// What is wrong with a name that [`name`] refuses.
pub const NAME_RULE: &str = "A name is made of 1 to 64 letters (a-z), digits and the signs . _ - @";

impl Auth {
    /// Adds the account `name`, or makes the one there is as `change` says.
    ///
    /// # Errors
    /// 422 says which part of it cannot be; else see [`Self::put`].
    pub async fn change_person(&self, name: &str, change: PersonChange, now: Millis) -> Answer<Person> {
        let name = self::name(name).ok_or_else(|| Refused::field("name", NAME_RULE))?;
        let given = |text: Option<String>| {
            text.map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let agent = given(change.agent);
        self.check_agent(&name, agent.as_deref()).await?;
        let before = self.store.person(&name).await?;
        let (old_hash, created_at) = before.map_or((String::new(), now), |p| (p.password_hash, p.created_at));
        let password_hash = match change.password {
            Some(password) => self.passwords.hash(password).await?,
            None => old_hash,
        };
        let person = Person {
            name,
            password_hash,
            role: change.role,
            agent,
            subscriber: given(change.subscriber),
            disabled: change.disabled,
            created_at,
        };
        if !self.put(&person, now).await? {
            let message = "Another account was given this agent just now. Look at the list again.";
            return Err(Refused::field("agent", message));
        }
        Ok(person)
    }

    /// Refuses an agent who has another account: events and calls belong to one.
    async fn check_agent(&self, name: &str, agent: Option<&str>) -> Answer<()> {
        let Some(agent) = agent else { return Ok(()) };
        match self.store.person_of_agent(agent).await? {
            Some(other) if other.name != name => {
                let message = format!("This agent has the account \"{}\" already.", other.name);
                Err(Refused::field("agent", message))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Writes an account, unless another one has its agent; whether it was written. Whoever is signed in as somebody else than the account now says is signed out everywhere.
    ///
    /// # Errors
    /// The account was not written; its sessions may have ended.
    pub async fn put(&self, person: &Person, now: Millis) -> Kept<bool> {
        let before = self.store.person(&person.name).await?;
        let other = before.is_some_and(|before| before != *person);
        // Before, so that nothing is written if sessions cannot be ended. After, for somebody who signed in between.
        if other {
            self.store.end_sessions_of(&person.name, now).await?;
        }
        let written = self.store.put_person(person).await?;
        if other {
            self.store.end_sessions_of(&person.name, now).await?;
        }
        Ok(written)
    }

    /// Signs an account out everywhere. How many sessions ended.
    ///
    /// # Errors
    /// No session has ended.
    pub async fn sign_out_everywhere(&self, name: &str, now: Millis) -> Kept<u64> {
        self.store.end_sessions_of(name, now).await
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_have_one_form() {
        assert_eq!(name(" Asha.K@Example ").as_deref(), Some("asha.k@example"));
        for wrong in ["", "  ", "a b", "a/b", "a\nb", "аsha", &"x".repeat(65)] {
            assert_eq!(name(wrong), None, "{wrong:?}");
        }
    }
}
