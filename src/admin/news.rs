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

/// How the stream stands. A request that has ended stays until the next: it may be what is telling so.
///
/// ```text
/// None --signed in--> Opening --first words--> Open --end--> Ended --pause--> Opening
///  ^------------------------- signed out, from each ------------------------------+
/// ```
enum Stream {
    /// Nobody is signed in.
    None,
    /// Asked for.
    Opening(Request),
    /// What is shown as live is live.
    Open(Request),
    /// To be opened anew.
    Ended(#[allow(dead_code, reason = "lives until it is replaced")] Request),
}

/// The stream and its listeners.
#[derive(Clone, Copy)]
pub(crate) struct News {
    stream: RwSignal<Stream, LocalStorage>,
    hearers: StoredValue<Vec<(u32, Hear)>, LocalStorage>,
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
            stream: RwSignal::new_local(Stream::None),
            hearers: StoredValue::new_local(Vec::new()),
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
            | Standing::Expired(_) => self.stream.set(Stream::None),
        });
    }

    /// Whether what is shown as live is live.
    pub(crate) fn is_live(self) -> bool {
        self.stream.with(|stream| matches!(stream, Stream::Open(_)))
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
        self.stream.set(Stream::Opening(request));
    }

    fn heard(self, admin: Admin, heard: Heard) {
        match heard {
            Heard::Open => self.moves(|stream| match stream {
                Stream::Opening(request) => Stream::Open(request),
                Stream::None | Stream::Open(_) | Stream::Ended(_) => stream,
            }),
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
                self.moves(|stream| match stream {
                    Stream::Opening(request) | Stream::Open(request) => Stream::Ended(request),
                    Stream::None | Stream::Ended(_) => stream,
                });
                spawn(self.again(admin));
            }
            Heard::Unauthorized => admin.expire(),
            Heard::Retry(_) | Heard::Answer(_) => {}
        }
    }

    fn moves(self, to: impl FnOnce(Stream) -> Stream) {
        self.stream
            .update(|stream| *stream = to(std::mem::replace(stream, Stream::None)));
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
