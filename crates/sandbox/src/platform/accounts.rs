//! Who may ask: the account behind Basic credentials.

use exotel::Secret;

use super::records::Tenant;
use super::{Ask, No, Platform};

impl Platform {
    /// Whom a request is counted for: the account behind its credential, however many tokens that has. A customer
    /// has apps in several accounts and is counted by itself, a stranger by what they show.
    pub(super) fn account_behind(&self, ask: &Ask) -> String {
        let shown = ask.authorization.as_deref().unwrap_or_default();
        if let Some(grant) = self.records.tokens.get(shown) {
            let app = self.records.apps.get(&grant.id);
            return app.map_or_else(|| grant.id.clone(), |app| app.exotel_account_sid.clone());
        }
        let tenant = ask.basic().and_then(|(user, _)| {
            let user = Secret::new(user);
            let mut tenants = self.records.tenants.values();
            tenants.find(|tenant| tenant.api_key == user || tenant.greenpin_user == user)
        });
        tenant.map_or_else(|| shown.to_owned(), |tenant| tenant.sid.clone())
    }

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
