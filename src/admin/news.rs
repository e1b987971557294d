//! What the server tells by itself: the stream of events, opened anew whenever it ends.

use std::rc::Rc;

use leptos::prelude::*;
use protocol::event::Event;
use softphone::web::events::{Heard, Request};
use softphone::web::{clock, spawn};

use super::Admin;
use super::standing::Standing;

/// Who wants to hear.
type Hear = Rc<dyn Fn(&Event)>;

/// How long a stream that ended is waited for, ms; longer each time, up to the last.
const PAUSES: [u32; 4] = [500, 2_000, 5_000, 15_000];

/// The stream and its listeners.
#[derive(Clone, Copy)]
pub(crate) struct News {
    /// Whether the stream is open: what is shown as live is live.
    pub(crate) open: RwSignal<bool>,
    hearers: StoredValue<Vec<(u32, Hear)>, LocalStorage>,
    stream: StoredValue<Option<Request>, LocalStorage>,
    /// Of the last event, to go on after it.
    last: StoredValue<String>,
    /// Streams that ended without a word, one after the other.
    ended: StoredValue<usize>,
    ids: StoredValue<u32>,
}

impl News {
    /// Nothing yet.
    pub(crate) fn none() -> Self {
        Self {
            open: RwSignal::new(false),
            hearers: StoredValue::new_local(Vec::new()),
            stream: StoredValue::new_local(None),
            last: StoredValue::new(String::new()),
            ended: StoredValue::new(0),
            ids: StoredValue::new(0),
        }
    }

    /// Listens while somebody is signed in.
    pub(crate) fn follow(self, admin: Admin) {
        Effect::new(move |_| match admin.standing.get() {
            Standing::SignedIn(_) => self.listen(admin),
            Standing::Asking
            | Standing::Unreachable
            | Standing::SignedOut
            | Standing::NotAllowed(_)
            | Standing::Expired(_) => self.stream.set_value(None),
        });
    }

    /// Has `hear` told of each event, for as long as the calling view lives.
    pub(crate) fn hear(self, hear: impl Fn(&Event) + 'static) {
        let id = self.ids.get_value();
        self.ids.set_value(id + 1);
        self.hearers
            .update_value(|hearers| hearers.push((id, Rc::new(hear))));
        on_cleanup(move || {
            self.hearers
                .try_update_value(|hearers| hearers.retain(|(other, _)| *other != id));
        });
    }

    fn listen(self, admin: Admin) {
        let request = Request::events(None, &self.last.get_value(), move |heard| {
            self.heard(admin, heard)
        });
        self.stream.set_value(Some(request));
    }

    fn heard(self, admin: Admin, heard: Heard) {
        match heard {
            Heard::Open => self.open.set(true),
            Heard::Alive(last) => {
                self.ended.set_value(0);
                self.last.set_value(last);
            }
            Heard::Event(_, data) => {
                if let Ok(event) = super::ask::read::<Event>(&data.written()) {
                    self.tell(&event);
                }
            }
            Heard::Closed => {
                self.open.set(false);
                spawn(self.again(admin));
            }
            Heard::Unauthorized => admin.expire(),
            Heard::Retry(_) | Heard::Answer(_) => {}
        }
    }

    fn tell(self, event: &Event) {
        // A copy: whoever hears may begin or cease to listen.
        let hearers: Vec<Hear> = self
            .hearers
            .with_value(|hearers| hearers.iter().map(|(_, hear)| Rc::clone(hear)).collect());
        for hear in hearers {
            hear(event);
        }
    }

    async fn again(self, admin: Admin) {
        let ended = self.ended.get_value();
        self.ended.set_value(ended + 1);
        clock::sleep(PAUSES.get(ended).copied().unwrap_or(15_000)).await;
        if admin
            .standing
            .with_untracked(|standing| matches!(standing, Standing::SignedIn(_)))
        {
            self.listen(admin);
        }
    }
}
