//! Which agent an address is.
//!
//! Webhooks name agents by their `AppUserID` as a rule. Where they do not, by the `sip:` address or the telephone that the
//! vendor's list of users has for them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use exotel::integrations::{User, UserPages};
use protocol::PhoneNumber;
use protocol::dial::DialKey;

use crate::App;
use crate::dial_whom::index_key;
use crate::vendor::{Vendor, VendorError};

/// The list is read again at most so often.
const PAUSE: Duration = Duration::from_secs(60);
/// Users on a page, and pages.
const PAGE: (u32, u32) = (100, 100);

/// Agents by address, as far as the vendor has told.
#[derive(Default)]
pub struct Agents {
    known: Mutex<BTreeMap<String, String>>,
    /// When the list was last asked for. Held while it is.
    asked: tokio::sync::Mutex<Option<Instant>>,
}

impl Agents {
    /// Takes in what the vendor says of a user.
    pub fn remember(&self, user: &User) {
        let addresses = [user.sip_id.as_str(), user.agent_number.reveal()];
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for address in addresses.into_iter().filter(|address| !address.is_empty()) {
            known.insert(key(address), user.app_user_id.clone());
        }
    }

    /// The agents of `addresses`; those that are nobody's are left out. Asks the vendor if one is not known: that takes as
    /// long as it takes, so no webhook waits for it.
    pub async fn find<'a>(app: &App, addresses: &[&'a str]) -> BTreeMap<&'a str, String> {
        let found = app.agents.look_up(addresses);
        if found.len() == addresses.len() {
            return found;
        }
        if let Err(error) = app.agents.ask(&app.vendor).await {
            tracing::warn!(%error, "the vendor's users cannot be listed");
        }
        app.agents.look_up(addresses)
    }

    /// The agents of `addresses`, as far as they are known.
    pub fn look_up<'a>(&self, addresses: &[&'a str]) -> BTreeMap<&'a str, String> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let agent = |address: &&'a str| Some((*address, known.get(&key(address))?.clone()));
        addresses.iter().filter_map(agent).collect()
    }

    /// Reads the vendor's list, unless that was done a moment ago.
    async fn ask(&self, vendor: &Vendor) -> Result<(), VendorError> {
        let mut asked = self.asked.lock().await;
        if asked.is_some_and(|at| at.elapsed() < PAUSE) {
            return Ok(());
        }
        *asked = Some(Instant::now());
        let (size, pages) = PAGE;
        let mut pages = UserPages::new(Some(size), pages);
        let mut next = Some(pages.first());
        while let Some(list) = next {
            let page = vendor.call_in_background(&list).await?;
            page.users.iter().for_each(|user| self.remember(user));
            next = pages.next(&page);
        }
        Ok(())
    }
}

/// One form for all ways of writing an address.
fn key(address: &str) -> String {
    index_key(&DialKey::Caller(PhoneNumber::new(address)))
}
