//! An event as it goes over the wire (HTML Living Standard, server-sent events).

use std::sync::OnceLock;

use bytes::Bytes;
use protocol::Secret;
use protocol::event::Event;

use super::cursor::Cursor;
use crate::store::{Logged, LoggedEvent, Seq};

/// An event on its way to any number of streams; written out at most once for those who see numbers and once for those
/// who do not.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) seq: Seq,
    /// Whose it is.
    agent: Option<String>,
    event: Event,
    whole: OnceLock<Bytes>,
    masked: OnceLock<Bytes>,
}

impl Frame {
    /// Of a logged event; `None` for the server's own.
    pub(super) fn new(logged: LoggedEvent) -> Option<Self> {
        match logged.event.body {
            Logged::Public(event) => Some(Self {
                seq: logged.seq,
                agent: logged.event.agent,
                event,
                whole: OnceLock::new(),
                masked: OnceLock::new(),
            }),
            Logged::SessionEnded(_)
            | Logged::SessionsEnded(_)
            | Logged::NoteSaved { .. }
            | Logged::Unreadable => None,
        }
    }

    /// The bytes for a reader who is the agent `own`, and may see whole numbers, or may not.
    pub(super) fn bytes(&self, epoch: &str, whole_numbers: bool, own: Option<&str>) -> Bytes {
        if let Event::Push {
            subscriber, version, ..
        } = &self.event
            && self.agent.as_deref() != own
        {
            return block(epoch, self.seq, &sealed(subscriber, version));
        }
        let kept = if whole_numbers { &self.whole } else { &self.masked };
        let write = || {
            if whole_numbers {
                return block(epoch, self.seq, &self.event);
            }
            block(epoch, self.seq, &masked(self.event.clone()))
        };
        kept.get_or_init(write).clone()
    }
}

/// A push notification for others than its agent: whoever has the payload could take the call.
fn sealed(subscriber: &str, version: &str) -> Event {
    Event::Push {
        subscriber: subscriber.to_owned(),
        payload: Secret::default(),
        version: version.to_owned(),
    }
}

/// The event with numbers masked.
fn masked(event: Event) -> Event {
    match event {
        Event::Call(mut call) => {
            call.number = call.number.masked();
            Event::Call(call)
        }
        other @ (Event::Device { .. }
        | Event::Push { .. }
        | Event::GreenPin(_)
        | Event::Job(_)
        | Event::Policy(_)
        | Event::Lost { .. }) => other,
    }
}

/// An event with its place.
pub(super) fn block(epoch: &str, seq: Seq, event: &Event) -> Bytes {
    let id = Cursor { epoch, seq };
    // Types of ours with string keys only: this does not fail. If it did, the reader would at least move on.
    let data = serde_json::to_string(event).unwrap_or_else(|error| {
        tracing::error!(%error, "an event could not be written out");
        "null".to_owned()
    });
    Bytes::from(format!("id: {id}\nevent: {}\ndata: {data}\n\n", event.name()))
}

/// The first words of a stream: where it stands, and how long to wait should it break.
pub(super) fn opening(epoch: &str, seq: Seq, retry: u32) -> Bytes {
    let id = Cursor { epoch, seq };
    Bytes::from(format!(": open\nid: {id}\nretry: {retry}\n\n"))
}

/// A sign of life, which also moves the reader's place over events of others: without it the place of somebody to whom
/// nothing happens would one day be older than the log.
pub(super) fn heartbeat(epoch: &str, seq: Seq) -> Bytes {
    let id = Cursor { epoch, seq };
    Bytes::from(format!(": here\nid: {id}\n\n"))
}

/// The last words before an end that was planned: come back soon.
pub(super) fn closing(epoch: &str, seq: Seq, retry: u32) -> Bytes {
    let id = Cursor { epoch, seq };
    Bytes::from(format!(": end\nid: {id}\nretry: {retry}\n\n"))
}
