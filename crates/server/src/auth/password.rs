//! Passwords: argon2id, off the request threads and only a few at a time.

use std::sync::Arc;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use axum::http::StatusCode;
use protocol::Secret;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

use crate::Refused;

/// The only rule.
pub const SHORTEST: usize = 10;

/// Nobody types more; hashing more would be work for a stranger's asking.
pub const LONGEST: usize = 1_024;

/// Who waits longer for their turn is sent away.
const PATIENCE: Duration = Duration::from_secs(10);

/// The hash of no password, as hard to check as a real one: work for names that do not exist.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Makes and checks hashes. Each takes about 20 MB and tens of milliseconds of one core.
pub struct Passwords {
    turns: Arc<Semaphore>,
}

/// Why there is no answer about a password.
#[derive(Debug, PartialEq, Eq)]
pub enum NoHash {
    /// Too many are waiting.
    Busy,
    /// Shorter than [`SHORTEST`] or longer than [`LONGEST`].
    Length,
    /// The hasher failed: no memory, no randomness, or a broken record.
    Failed,
}

impl Passwords {
    /// Half of the machine's cores may be busy with passwords, the rest serves calls.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let turns = Arc::new(Semaphore::new((cores / 2).max(1)));
        Self { turns }
    }

    /// The hash of a new password, as a PHC string.
    ///
    /// # Errors
    /// See [`NoHash`].
    pub async fn hash(&self, password: Secret) -> Result<String, NoHash> {
        if !(SHORTEST..=LONGEST).contains(&password.reveal().chars().count()) {
            return Err(NoHash::Length);
        }
        let turn = self.turn().await?;
        let work = move || {
            let hash = Argon2::default().hash_password(password.reveal().as_bytes());
            drop(turn);
            hash.map(|hash| hash.to_string())
        };
        spawn_blocking(work)
            .await
            .map_err(|_| NoHash::Failed)?
            .map_err(|_| NoHash::Failed)
    }

    /// Whether `password` is the one of `known`. For nobody, and for somebody without a password, it never is, after the
    /// same work.
    ///
    /// # Errors
    /// See [`NoHash`].
    pub async fn check(&self, password: Secret, known: Option<String>) -> Result<bool, NoHash> {
        let turn = self.turn().await?;
        let work = move || {
            let text = known.as_deref().unwrap_or(NOBODYS);
            let hash = PasswordHash::new(text).map_err(|_| NoHash::Failed)?;
            let typed = password.reveal().as_bytes();
            // A character has at most 4 bytes: a longer one is nobody's.
            let typed = typed.get(..4 * LONGEST).unwrap_or(typed);
            let right = Argon2::default().verify_password(typed, &hash).is_ok();
            drop(turn);
            Ok(right && known.is_some())
        };
        spawn_blocking(work).await.map_err(|_| NoHash::Failed)?
    }

    /// A turn. It goes with the work, which goes on when whoever asked has gone.
    async fn turn(&self) -> Result<OwnedSemaphorePermit, NoHash> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = tokio::time::timeout(PATIENCE, turn).await;
        turn.map_err(|_| NoHash::Busy)?.map_err(|_| NoHash::Failed)
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for NoHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Busy => f.write_str("Too many people sign in just now. Try again in a few seconds."),
            Self::Length => write!(f, "A password has {SHORTEST} to {LONGEST} characters."),
            Self::Failed => {
                f.write_str("The server cannot check passwords now. Nothing was changed; try again later.")
            }
        }
    }
}

impl From<NoHash> for Refused {
    fn from(error: NoHash) -> Self {
        let message = error.to_string();
        match error {
            NoHash::Busy => {
                let mut refused = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message);
                refused.problem.retry_after = Some(5);
                refused
            }
            NoHash::Length => Self::field("password", message),
            NoHash::Failed => Self::new(StatusCode::SERVICE_UNAVAILABLE, "no_passwords", message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let passwords = Passwords::new();
        let hash = passwords.hash(Secret::from("correct horse")).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "as hard as NOBODYS"
        );
        let check =
            |typed: &str, known: Option<&str>| passwords.check(Secret::from(typed), known.map(str::to_owned));
        assert_eq!(check("correct horse", Some(&hash)).await, Ok(true));
        assert_eq!(check("correct horsf", Some(&hash)).await, Ok(false));
        assert_eq!(check("", Some(&hash)).await, Ok(false));
        assert_eq!(check("correct horse", None).await, Ok(false));
        assert_eq!(check("correct horse", Some("broken")).await, Err(NoHash::Failed));
    }

    #[tokio::test]
    async fn length_is_the_only_rule() {
        let passwords = Passwords::new();
        assert_eq!(
            passwords.hash(Secret::from("123456789")).await,
            Err(NoHash::Length)
        );
        assert_eq!(
            passwords.hash(Secret::new("x".repeat(1_025))).await,
            Err(NoHash::Length)
        );
        assert!(passwords.hash(Secret::from("ääääääääää")).await.is_ok());
    }

    #[tokio::test]
    async fn the_longest_password_signs_in_in_any_script() {
        let passwords = Passwords::new();
        let longest = Secret::new("स".repeat(LONGEST));
        let hash = passwords.hash(longest.clone()).await.unwrap();
        assert_eq!(passwords.check(longest, Some(hash.clone())).await, Ok(true));
        let other = Secret::new("स".repeat(LONGEST - 1));
        assert_eq!(passwords.check(other, Some(hash)).await, Ok(false));
    }
}
