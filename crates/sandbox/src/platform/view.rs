//! The platform as `GET /control/platform` shows it, secrets and all: it is the tester's own.

use serde_json::{Value, json};
use sip::Instant;

use super::{Platform, Quirk, integrations};

/// How many calls are shown.
const CALLS: usize = 50;

impl Platform {
    /// Where the APIs are, who may ask, what is switched on, and what there is.
    pub(crate) fn view(&self, now: Instant, origin: &str) -> Value {
        let records = &self.records;
        let quirks = Quirk::ALL.iter().map(
            |quirk| json!({ "name": quirk.name(), "what": quirk.what(), "on": self.quirks.has(*quirk) }),
        );
        let users = records.users.iter().filter_map(|(app, users)| {
            let app = records.apps.get(app)?;
            Some(
                users
                    .values()
                    .map(|mapping| integrations::describe(self, app, mapping)),
            )
        });
        let settings = records.settings.values().flat_map(|settings| settings.values());
        let subscribers = records.subscribers.iter().flat_map(|(account, all)| {
            all.values()
                .map(move |one| json!({ "account": account, "subscriber": one.record }))
        });
        json!({
            "bases": {
                "integrations": format!("{origin}/v2/integrations"),
                "subscribers": format!("{origin}/v2"),
                "greenpin": format!("{origin}/v1"),
                "voice_v1": format!("{origin}/v1"),
                "voice_v3": format!("{origin}/v3"),
            },
            "time_ms": self.wall(now),
            "accounts": records.tenants.values().collect::<Vec<_>>(),
            "customers": records.customers.values().collect::<Vec<_>>(),
            "apps": records.apps.values().collect::<Vec<_>>(),
            "settings": settings.collect::<Vec<_>>(),
            "users": users.flatten().collect::<Vec<_>>(),
            "coworkers": records.coworkers.values().collect::<Vec<_>>(),
            "subscribers": subscribers.collect::<Vec<_>>(),
            "allocations": records.allocations.values().collect::<Vec<_>>(),
            "calls": records.calls.latest().take(CALLS).collect::<Vec<_>>(),
            "quirks": quirks.collect::<Vec<_>>(),
            "rates": self.limits.rates,
            "faults": self.faults.list(),
        })
    }
}
