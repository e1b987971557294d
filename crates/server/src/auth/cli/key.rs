//! `softphone-server key …`

use clap::Subcommand;

use super::{Said, sentence};
use crate::auth::Auth;
use crate::clock::now;
use crate::store::ApiKey;
use crate::vendor::SYSTEM;

/// Keys of CRM backends.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// Make a key and show it, this once.
    Add {
        /// What to call it.
        name: String,
    },
    /// Show the names of all keys.
    List,
    /// Make a key useless from now on.
    Revoke {
        /// Its name.
        name: String,
    },
}

impl Key {
    /// Does it.
    ///
    /// # Errors
    /// The sentence for the terminal.
    pub async fn run(self, auth: &Auth) -> Said {
        match self {
            Self::Add { name } => {
                let key = sentence(auth.add_key(&name, now()).await)?;
                let key = key.ok_or_else(|| {
                    format!("There is a key \"{name}\" already. Revoke it, or choose another name.")
                })?;
                auth.record(SYSTEM, "add_key", &name).await;
                Ok(format!("{}\n", key.reveal()))
            }
            Self::List => {
                let keys = auth.store().api_keys().await.map_err(|error| error.to_string())?;
                let line = |key: &ApiKey| {
                    let state = if key.revoked { "revoked" } else { "good" };
                    format!("{:<24} {state}\n", key.name)
                };
                Ok(keys.iter().map(line).collect())
            }
            Self::Revoke { name } => match sentence(auth.revoke_key(&name).await)? {
                true => {
                    auth.record(SYSTEM, "revoke_key", &name).await;
                    Ok(format!("The key \"{name}\" is revoked.\n"))
                }
                false => Err(format!(
                    "There is no key \"{name}\" that is good. \"key list\" shows all."
                )),
            },
        }
    }
}
