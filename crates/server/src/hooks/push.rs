//! Call data that a subscriber's device waits for.

use exotel::hooks::PushNotification;
use protocol::Secret;
use protocol::event::Event;

use crate::store::{Kept, Logged, NewEvent, Store};

/// The notification for each agent whose account has this subscriber; none if nobody has it.
pub(super) async fn events(store: &dyn Store, push: &PushNotification) -> Kept<Vec<NewEvent>> {
    let mut agents: Vec<String> = store
        .people()
        .await?
        .into_iter()
        .filter(|person| !person.disabled)
        .filter(|person| person.subscriber.as_deref() == Some(&push.subscriber_name))
        .filter_map(|person| person.agent)
        .collect();
    agents.sort();
    agents.dedup();
    let event = |agent| NewEvent {
        agent: Some(agent),
        body: Logged::Public(Event::Push {
            subscriber: push.subscriber_name.clone(),
            payload: Secret::new(push.payload.reveal()),
            version: push.payload_version.clone(),
        }),
    };
    Ok(agents.into_iter().map(event).collect())
}
