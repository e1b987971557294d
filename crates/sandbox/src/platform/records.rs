//! What the platform remembers; what `--state` keeps. Times are milliseconds since 1970.

use std::collections::{BTreeMap, BTreeSet};

use exotel::Secret;
use exotel::greenpin::Allocation;
use exotel::integrations::{App, Customer, Entity, NewUser, Setting};
use exotel::secret::reveal;
use exotel::subscribers::Subscriber;
use serde::{Deserialize, Serialize};

use super::call_table::CallTable;
use super::device::Devices;
use crate::webhooks::Endpoints;

/// All of it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Records {
    /// Accounts, by sid.
    pub(crate) tenants: BTreeMap<String, Tenant>,
    /// By `CustomerID`.
    pub(crate) customers: BTreeMap<String, Customer>,
    /// By `AppID`, with their secrets.
    pub(crate) apps: BTreeMap<String, App>,
    /// By app, then by key.
    pub(crate) settings: BTreeMap<String, BTreeMap<String, Setting>>,
    /// People of the accounts, by account and mail address, whether an app maps them or not.
    pub(crate) coworkers: BTreeMap<String, Coworker>,
    /// By app, then in the order of their creation.
    pub(crate) users: BTreeMap<String, BTreeMap<u64, Mapping>>,
    /// By account, then by name.
    pub(crate) subscribers: BTreeMap<String, BTreeMap<String, Subscribed>>,
    /// By id, given back or not.
    pub(crate) allocations: BTreeMap<String, Held>,
    /// Those in use, by their end.
    pub(crate) ending: BTreeSet<(i64, String)>,
    /// Tokens of the Integrations API.
    pub(crate) tokens: BTreeMap<String, Grant>,
    /// Addresses of webhooks that no setting holds.
    pub(crate) endpoints: Endpoints,
    /// Every call, placed over REST or SIP.
    pub(crate) calls: CallTable,
    /// The last number given to something that is counted.
    pub(crate) counted: u64,
}

impl Records {
    /// The person of the account whom a user of an app is tied to.
    pub(crate) fn coworker(&self, user: &NewUser) -> Option<&Coworker> {
        self.coworkers
            .get(&coworker_key(&user.exotel_account_sid, &user.email))
    }

    /// Takes somebody on.
    pub(super) fn employ(&mut self, coworker: Coworker) {
        let key = coworker_key(&coworker.tenant, &coworker.email);
        self.coworkers.insert(key, coworker);
    }

    /// Makes what follows from the rest: a file may have been written by hand.
    pub(super) fn index(&mut self) {
        let in_use = self.allocations.iter().filter(|(_, held)| !held.deleted);
        self.ending = in_use.map(|(id, held)| (held.ends, id.clone())).collect();
    }

    /// A number that comes after all others.
    pub(crate) fn count(&mut self) -> u64 {
        self.counted += 1;
        self.counted
    }
}

/// The same address in two accounts is two people.
fn coworker_key(tenant: &str, email: &str) -> String {
    [tenant, "/", email].concat()
}

/// An account with the vendor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Tenant {
    pub(crate) sid: String,
    #[serde(serialize_with = "reveal")]
    pub(crate) api_key: Secret,
    #[serde(serialize_with = "reveal")]
    pub(crate) api_token: Secret,
    #[serde(serialize_with = "reveal")]
    pub(crate) greenpin_user: Secret,
    #[serde(serialize_with = "reveal")]
    pub(crate) greenpin_password: Secret,
    /// Whether its subscribers may get tokens.
    pub(crate) voip: bool,
    /// Its number, which inbound calls reach.
    pub(crate) virtual_number: String,
}

/// A person of an account, with a SIP account of their own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Coworker {
    pub(crate) tenant: String,
    pub(crate) email: String,
    pub(crate) name: String,
    /// What their calls show.
    pub(crate) display: String,
    pub(crate) exotel_user_id: String,
    pub(crate) phone_device_id: String,
    pub(crate) sip_device_id: String,
    /// User part of the SIP address, and digest user name.
    pub(crate) sip_user: String,
    #[serde(serialize_with = "reveal")]
    pub(crate) password: Secret,
    /// In front of the enciphered password.
    pub(crate) iv: [u8; 16],
    /// Whether a `POST /usermapping` made them, for which the live platform may send a bill.
    pub(crate) made_by_mapping: bool,
}

/// A person of an app.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mapping {
    pub(crate) user: NewUser,
    pub(crate) devices: Devices,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// A subscriber, and their place among the others.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Subscribed {
    pub(crate) no: u64,
    pub(crate) record: Subscriber,
}

/// A GreenPin allocation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Held {
    pub(crate) tenant: String,
    pub(crate) allocation: Allocation,
    /// When it ends by itself.
    pub(crate) ends: i64,
    /// It was given back; it is still found, as deleted.
    pub(crate) deleted: bool,
}

/// What a token of the Integrations API is good for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) entity: Entity,
    pub(crate) id: String,
    pub(crate) expires: i64,
}
