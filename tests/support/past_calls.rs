//! Past calls put straight into the companion server's store.

use protocol::PhoneNumber;
use protocol::call::Direction;
use protocol::dial::DialContext;
use serde_json::json;
use server::calls::{AgentFacts, Ending, Facts, Leg, Source, Told};
use server::clock;
use server::dial_whom::index_key;
use server::store::{Retention, Store, StoredDialContext, Write};

use super::companion::Companion;

/// Minutes from one call to the next.
const APART: i64 = 7;

/// The `index`th call from now back: every third is an inbound one, every ninth a missed one.
fn call(agent: &str, index: i64) -> Facts {
    let at = clock::now() - (index + 1) * APART * 60_000;
    let talked = 20 + index % 300;
    let inbound = index % 3 == 0;
    let missed = index % 9 == 0;
    let way = if inbound {
        Direction::Inbound
    } else {
        Direction::Outbound
    };
    let told = |text: String| Some(Told::new(Source::Webhook, PhoneNumber::new(text)));
    let mut facts = Facts::heard(at);
    facts.direction = Some(Told::new(Source::Webhook, way));
    facts.number = told(number(index));
    facts.virtual_number = told("+918040408080".to_owned());
    facts.over = Some(at + talked * 1_000);
    let mut part = AgentFacts::default();
    if inbound {
        part.leg = Some(if missed { Leg::Unanswered } else { Leg::Completed });
    } else {
        facts.ending = Some(Told::new(Source::Webhook, Ending::Completed));
    }
    if !missed {
        facts.answered = Some(at + 6_000);
        facts.talk_seconds = u32::try_from(talked).ok();
    }
    facts.agents.insert(agent.to_owned(), part);
    facts
}

/// The customer's number of the `index`th call.
pub(crate) fn number(index: i64) -> String {
    format!("+9198{:08}", 10_000_000 + index)
}

/// The id of the `index`th call.
pub(crate) fn sid(index: i64) -> String {
    format!("{index:032x}")
}

impl Companion {
    /// What a CRM tells of a customer.
    pub(crate) async fn tell_of(&self, number: &str, name: &str, about: &str) {
        let context = json!({ "key": { "caller": number }, "destination": "asha",
            "customer": { "name": name, "about": about, "link": "https://crm.test/customers/4" } });
        let context: DialContext = serde_json::from_value(context).expect("a context");
        let key = index_key(&context.key);
        let stored = StoredDialContext { key, context };
        self.store()
            .put_dial_contexts(&[stored])
            .await
            .expect("a store that takes contexts");
    }

    /// Writes so many past calls of an agent, the newest a few minutes old.
    pub(crate) async fn remember_calls(&self, agent: &str, count: i64) {
        remember(self.store(), agent, count).await;
    }
}

/// The same into a store that no server has open.
pub(crate) async fn remember(store: &dyn Store, agent: &str, count: i64) {
    let write = |index| Write {
        facts: Some((sid(index), call(agent, index))),
        at: clock::now(),
        ..Write::default()
    };
    let writes: Vec<Write> = (0..count).map(write).collect();
    for some in writes.chunks(500) {
        store.commit(some).await.expect("a store that takes calls");
    }
}

/// Removes all events that are logged, as retention does with old ones.
pub(crate) async fn forget_events(store: &dyn Store) {
    let now = clock::now();
    let limits = Retention {
        events: now + 60_000,
        deliveries: 0,
        calls: 0,
        audit: 0,
        logs: 0,
        now,
    };
    let gone = store.forget(&limits).await.expect("a store that forgets");
    assert!(gone > 0, "nothing was there to be forgotten");
}
