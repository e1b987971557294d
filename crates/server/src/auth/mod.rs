//! Who is asking, and whether they may.
//!
//! Two profiles (RFC 10017; reliability of both is tested): at top level a `__Host-` cookie with `SameSite=Strict`; inside
//! a frame a bearer token in memory, got for a one-time ticket. Every change carries [`protocol::CHANGE_HEADER`].

mod access;
mod change_password;
pub mod cli;
mod client;
pub mod cookie;
pub mod device_follows;
mod key;
mod origin;
pub mod password;
pub mod people;
mod record;
mod session;
mod sign_in;
mod ticket;
pub mod token;
mod tries;

use std::sync::Arc;
use std::time::Duration;

pub use access::{Access, Caller, KeyHolder, guard};
pub use client::Client;
pub use origin::Origin;
pub use session::Opened;
pub use sign_in::Way;
pub(crate) use tries::household;
pub use tries::{PEOPLE_PER_ADDRESS, WINDOW};

use self::password::Passwords;
use self::tries::Tries;
use crate::config::Config;
use crate::store::Store;

/// Accounts, sessions and their limits.
pub struct Auth {
    store: Arc<dyn Store>,
    /// What browsers call us.
    own: Origin,
    /// Who may have us in a frame.
    embedders: Vec<Origin>,
    passwords: Passwords,
    tries: Tries,
    /// A session ends so long after its last use,
    idle: Duration,
    /// and so long after it began.
    longest: Duration,
}

impl Auth {
    /// With the limits of `config`.
    pub fn new(config: &Config, store: Arc<dyn Store>) -> Self {
        Self {
            store,
            own: Origin::configured(&config.public_origin),
            embedders: config
                .sessions
                .embed_origins
                .iter()
                .map(|text| Origin::configured(text))
                .collect(),
            passwords: Passwords::new(),
            tries: Tries::new(config.sessions.tries),
            idle: config.sessions.idle,
            longest: config.sessions.longest,
        }
    }

    /// Makes and checks password hashes.
    pub fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// Where accounts are.
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }
}
