//! Who may ask: the account behind Basic credentials.

use exotel::Secret;

use super::records::Tenant;
use super::{Ask, No, Platform};

impl Platform {
    /// The account whose API key and token the request carries, if it is the one in the path.
    pub(super) fn account_of(&self, ask: &Ask, sid: &str) -> Result<&Tenant, No> {
        let pair = ask.basic();
        let (user, password) = pair.ok_or_else(|| No::unauthorized("Authentication failed"))?;
        let (user, password) = (Secret::new(user), Secret::new(password));
        let mut tenants = self.records.tenants.values();
        let tenant = tenants.find(|tenant| tenant.api_key == user && tenant.api_token == password);
        let tenant = tenant.ok_or_else(|| No::unauthorized("Authentication failed"))?;
        match tenant.sid == sid {
            true => Ok(tenant),
            false => Err(No::new(403, "These credentials are for another account")),
        }
    }
}
