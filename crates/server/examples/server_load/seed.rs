//! What is in a store before the load begins: agents with open sessions, a million contacts, missed events.

use std::error::Error;

use protocol::Millis;
use protocol::dial::{DialContext, DialKey};
use protocol::session::Role;
use server::clock;
use server::dial_whom::index_key;
use server::store::{Carrier, Person, Store, StoredDialContext, StoredSession};
use sha2::{Digest, Sha256};

const DAY: Millis = 24 * 60 * 60 * 1000;

/// Agents `agent-0` … with a session each; the session's secret is the agent's name.
pub(crate) async fn agents(store: &dyn Store, count: usize) -> Result<(), Box<dyn Error>> {
    let now = clock::now();
    for number in 0..count {
        let name = agent(number);
        let person = Person {
            name: name.clone(),
            password_hash: String::new(),
            role: Role::Agent,
            agent: Some(name.clone()),
            subscriber: None,
            disabled: false,
            created_at: now,
        };
        store.put_person(&person).await?;
        let session = StoredSession {
            hash: Sha256::digest(name.as_bytes()).into(),
            name: name.clone(),
            role: Role::Agent,
            agent: Some(name),
            carrier: Carrier::Bearer {
                embedded_in: "https://crm.example".to_owned(),
            },
            created_at: now,
            expires_at: now + DAY,
        };
        store.put_session(&session).await?;
    }
    Ok(())
}

/// The name of an agent.
pub(crate) fn agent(number: usize) -> String {
    format!("agent-{number}")
}

/// A caller's number.
pub(crate) fn caller(number: u64) -> String {
    format!("09{:09}", number % 1_000_000_000)
}

/// Who is to be rung for each of `count` callers.
pub(crate) async fn contacts(store: &dyn Store, count: u64) -> Result<(), Box<dyn Error>> {
    const AT_ONCE: usize = 10_000;
    let all: Vec<u64> = (0..count).collect();
    for some in all.chunks(AT_ONCE) {
        let contexts: Vec<_> = some.iter().map(|number| contact(*number)).collect();
        store.put_dial_contexts(&contexts).await?;
    }
    Ok(())
}

fn contact(number: u64) -> StoredDialContext {
    let key = DialKey::Caller(caller(number).as_str().into());
    StoredDialContext {
        key: index_key(&key),
        context: DialContext {
            key,
            destination: agent(usize::try_from(number % 1000).unwrap_or_default()),
            outgoing_number: "08040408080".into(),
            record: false,
            expires_at: None,
            customer: None,
        },
    }
}

/// The head of a stream's request, without the empty line at its end.
pub(crate) fn stream_head(agent: &str, after: Option<&str>) -> String {
    let after = after.map_or(String::new(), |id| format!("last-event-id: {id}\r\n"));
    format!(
        "GET /events HTTP/1.1\r\nhost: load\r\naccept: text/event-stream\r\nauthorization: Bearer {agent}\r\n{after}"
    )
}
