//! What the host knows, and what it has to be told.

use protocol::embed::{Event, EventName, Hello, Snapshot, ToHost};

/// The host, once it is known.
///
/// ```text
///  Unknown ──hello──► Known
/// ```
#[derive(Debug, Default)]
pub(super) enum Host {
    /// Nobody has knocked rightly.
    #[default]
    Unknown,
    /// Listens.
    Known {
        /// It can get tickets.
        tickets: bool,
        /// What it knows.
        told: Box<Snapshot>,
        /// Of the last event.
        seq: u32,
        /// What it wants to hear; all if it has not said.
        wants: Vec<EventName>,
    },
}

impl Host {
    /// One that has just said hello, and is told how things stand.
    pub(super) fn new(hello: &Hello, told: Snapshot) -> Self {
        Self::Known {
            tickets: hello.tickets,
            told: Box::new(told),
            seq: 0,
            wants: Vec::new(),
        }
    }

    pub(super) const fn is_known(&self) -> bool {
        matches!(self, Self::Known { .. })
    }

    pub(super) const fn has_tickets(&self) -> bool {
        matches!(self, Self::Known { tickets: true, .. })
    }

    /// From now on it wants these alone.
    pub(super) fn subscribe(&mut self, events: Vec<EventName>) {
        if let Self::Known { wants, .. } = self {
            *wants = events;
        }
    }

    /// What it is to be told now that things stand like this.
    pub(super) fn news(&mut self, now: Snapshot) -> Vec<ToHost> {
        let Self::Known { told, .. } = self else {
            return Vec::new();
        };
        let before = std::mem::replace(&mut **told, now.clone());
        let mut events = Vec::new();
        if before.phone != now.phone {
            events.push(Event::Phone(now.phone));
        }
        if before.agent != now.agent {
            events.push(Event::Agent(now.agent));
        }
        // The end of one call before the beginning of the next.
        let ended = now.ended.filter(|ended| before.ended.as_ref() != Some(ended));
        events.extend(ended.map(Event::Ended));
        if before.call != now.call {
            events.push(Event::Call(now.call));
        }
        let ringing = now.ringing.filter(|ringing| before.ringing != Some(*ringing));
        events.extend(ringing.map(Event::Ringing));
        if before.missed != now.missed {
            events.push(Event::Missed(now.missed));
        }
        events
            .into_iter()
            .filter_map(|event| self.number(event))
            .collect()
    }

    /// An event with its number; `None` if nobody wants to hear of it.
    pub(super) fn number(&mut self, event: Event) -> Option<ToHost> {
        let Self::Known { seq, wants, .. } = self else {
            return None;
        };
        // What a host must answer, it always hears.
        let always = matches!(event.name(), EventName::SignIn | EventName::Log);
        let wanted = always || wants.is_empty() || wants.contains(&event.name());
        wanted.then(|| {
            *seq += 1;
            ToHost::Event { seq: *seq, event }
        })
    }
}
