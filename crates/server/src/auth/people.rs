//! Accounts: their names, and how changing one ends its sessions.

use protocol::Millis;

use super::Auth;
use crate::store::{Kept, Person};

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
    /// Writes an account. Whoever is signed in as somebody else than the account now says is signed out everywhere.
    ///
    /// # Errors
    /// The account was not written; its sessions may have ended.
    pub async fn put(&self, person: &Person, now: Millis) -> Kept<()> {
        let before = self.store.person(&person.name).await?;
        let other = before.is_some_and(|before| before != *person);
        // Before, so that nothing is written if sessions cannot be ended. After, for somebody who signed in between.
        if other {
            self.store.end_sessions_of(&person.name, now).await?;
        }
        self.store.put_person(person).await?;
        if other {
            self.store.end_sessions_of(&person.name, now).await?;
        }
        Ok(())
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
