//! What a person or a test arranges from outside: what only the vendor's staff could do.

use exotel::integrations::{Customer, DeletedAt};
use exotel::{IST, Secret, Timestamp};
use serde_json::{Value, json};
use sip::Instant;

use super::{Platform, demo};

impl Platform {
    /// A new customer, with the id and the secret that the vendor's staff hands out.
    pub(crate) fn new_customer(&mut self, now: Instant, name: String, email: String) -> Value {
        let made = Timestamp::at(self.wall(now), IST);
        let customer = Customer {
            customer_id: self.mint.uuid(),
            customer_secret: Secret::new(self.mint.uuid()),
            customer_name: name,
            email,
            created_at: made.clone(),
            updated_at: made,
            deleted_at: DeletedAt::Flag(false),
            ..Customer::default()
        };
        let shown = json!(customer);
        self.records
            .customers
            .insert(customer.customer_id.clone(), customer);
        shown
    }

    /// An account, made if there is none with this sid; `voip` says whether its subscribers may get tokens.
    pub(crate) fn account(&mut self, sid: &str, voip: Option<bool>) -> Value {
        if !self.records.tenants.contains_key(sid) {
            let tenant = demo::tenant(sid, &mut self.mint);
            self.records.tenants.insert(sid.to_owned(), tenant);
        }
        let tenant = self.records.tenants.get_mut(sid);
        if let Some((tenant, voip)) = tenant.zip(voip) {
            tenant.voip = voip;
        }
        json!(self.records.tenants.get(sid))
    }
}
