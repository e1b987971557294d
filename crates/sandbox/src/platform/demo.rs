//! A platform to begin with: one account, one customer, one app, and the ready-made agents as its users.

use exotel::integrations::{App, Customer, DeletedAt, Domain, NewUser};
use exotel::{IST, PhoneNumber, Secret, Timestamp};

use super::device::Devices;
use super::mint::Mint;
use super::records::{Coworker, Mapping, Records, Tenant};
use crate::account::Account;

/// The demo account's sid.
pub(crate) const SID: &str = "exoteldemo";
/// Its number.
const VIRTUAL_NUMBER: &str = "+918040408080";

/// Fresh ids and secrets around these agents.
pub(super) fn records(accounts: &[Account], mint: &mut Mint, now: i64) -> Records {
    let mut records = Records::default();
    let tenant = tenant(SID, mint);
    let made = Timestamp::at(now, IST);
    let customer = Customer {
        customer_id: mint.uuid(),
        customer_secret: Secret::new(mint.uuid()),
        customer_name: String::from("Demo Customer"),
        email: String::from("demo@sandbox.test"),
        created_at: made.clone(),
        updated_at: made.clone(),
        deleted_at: DeletedAt::Flag(false),
        ..Customer::default()
    };
    let app = App {
        app_id: mint.uuid(),
        app_secret: Some(Secret::new(mint.uuid())),
        customer_id: customer.customer_id.clone(),
        app_name: String::from("Demo"),
        exotel_account_sid: SID.to_owned(),
        exotel_api_key: Some(tenant.api_key.clone()),
        exotel_api_token: Some(tenant.api_token.clone()),
        exotel_domain: Domain::Mumbai,
        is_active: Some(true),
        created_at: made.clone(),
        updated_at: made,
        ..App::default()
    };
    for account in accounts {
        let email = format!("{}@sandbox.test", account.user);
        let name = format!("{} Agent", account.display);
        let no = records.count();
        let user = NewUser {
            app_user_id: account.user.clone(),
            app_username: name.clone(),
            email: email.clone(),
            exotel_account_sid: SID.to_owned(),
            exotel_user_name: name.clone(),
            agent_number: Some(PhoneNumber::as_given(format!("+9198765432{no:02}"))),
            virtual_number: PhoneNumber::from(VIRTUAL_NUMBER),
        };
        let mapping = Mapping {
            user,
            devices: Devices::new(true),
            created: now,
            updated: now,
        };
        let users = records.users.entry(app.app_id.clone()).or_default();
        users.insert(no, mapping);
        let coworker = coworker(SID, &email, &name, account, mint);
        records.employ(coworker);
    }
    records.tenants.insert(tenant.sid.clone(), tenant);
    records.customers.insert(customer.customer_id.clone(), customer);
    records.apps.insert(app.app_id.clone(), app);
    records
}

/// A new account with the vendor.
pub(super) fn tenant(sid: &str, mint: &mut Mint) -> Tenant {
    Tenant {
        sid: sid.to_owned(),
        api_key: Secret::new(mint.hex()),
        api_token: Secret::new(mint.hex()),
        greenpin_user: Secret::new(sid),
        greenpin_password: Secret::new(mint.hex()),
        voip: true,
        virtual_number: VIRTUAL_NUMBER.to_owned(),
    }
}

/// A person with a SIP account that exists.
pub(super) fn coworker(
    tenant: &str,
    email: &str,
    name: &str,
    account: &Account,
    mint: &mut Mint,
) -> Coworker {
    let device = |mint: &mut Mint| (mint.number() % 1_000_000).to_string();
    Coworker {
        tenant: tenant.to_owned(),
        email: email.to_owned(),
        name: name.to_owned(),
        display: account.display.clone(),
        exotel_user_id: mint.hex(),
        phone_device_id: device(mint),
        sip_device_id: device(mint),
        sip_user: account.user.clone(),
        password: Secret::new(account.password.clone()),
        iv: mint.bytes(),
        made_by_mapping: false,
    }
}
