//! The companion server's news, and what it is told.

use phone::{Input, LegReport, Millis, Numbers, StreamEvent};
use softphone::companion::{Device, Json, news};
use softphone::web::events::{Heard, Reports, Request};
use softphone::web::json::Parsed;
use softphone::wire::{Session, ToPage};

use crate::pump::{self, Pump};

/// One session with the server.
#[derive(Default)]
pub(crate) struct Newsroom {
    session: Option<Session>,
    stream: Option<Request>,
    /// The last event heard: a new stream goes on from there.
    last: String,
    history: History,
    reports: Reports,
}

/// The newest calls of the server, which tell what a stream that did not go on from an event has missed.
///
/// ```text
///   Known --a stream begins without an id, `lost`--> Wanted --the stream is open--> Asked --answer--> Known
///                                                       ^--no answer: at the next sign of life--|
/// ```
#[derive(Default)]
enum History {
    #[default]
    Known,
    Wanted,
    Asked {
        _request: Request,
    },
}

impl Newsroom {
    fn bearer(&self) -> Option<&str> {
        self.session.as_ref()?.bearer.as_deref()
    }

    /// Opens a stream, or closes it.
    pub(crate) fn listen(&mut self, on: bool) {
        // The old one goes first: nothing of it can be heard any more.
        self.stream = None;
        if !on {
            return;
        }
        if self.last.is_empty() {
            self.history = History::Wanted;
        }
        let hear = |heard| pump::with(|pump| pump.heard_news(heard));
        self.stream = Some(Request::events(self.bearer(), &self.last, hear));
    }

    /// Says what became of a leg.
    pub(crate) fn report(&self, sid: &str, report: LegReport) {
        let word = match report {
            LegReport::Answered => "answered",
            LegReport::Declined => "declined",
            LegReport::RangOut => "rang_out",
        };
        self.reports.leg(self.bearer(), sid, word);
    }

    /// Asks for the history if it is wanted.
    fn catch_up(&mut self) {
        if matches!(self.history, History::Wanted) {
            let hear = |heard| pump::with(|pump| pump.heard_history(heard));
            self.history = History::Asked {
                _request: Request::history(self.agent(), self.bearer(), hear),
            };
        }
    }

    fn agent(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.agent)
    }

    fn seen_until(&self) -> Millis {
        self.session.as_ref().map_or(0, |session| session.seen_until)
    }
}

impl Pump {
    /// Who is signed in, as a page says.
    pub(crate) fn session(&mut self, session: Option<Session>) {
        let room = &mut self.newsroom;
        // Pages say so one by one, and when they saw the missed calls differs.
        let same = match (&room.session, &session) {
            (Some(old), Some(new)) => old.agent == new.agent && old.bearer == new.bearer,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let whole = session.as_ref().and_then(|session| session.whole_numbers);
        if !same {
            room.last.clear();
            room.history = History::Known;
        }
        let on = session.is_some();
        if let Some(whole) = whole {
            let numbers = if whole { Numbers::Whole } else { Numbers::Masked };
            self.feed(Input::Numbers(numbers));
        }
        if !same {
            self.newsroom.session = session;
            self.feed(Input::Session(on));
        }
    }

    fn heard_news(&mut self, heard: Heard) {
        let event = match heard {
            Heard::Open => {
                self.newsroom.catch_up();
                StreamEvent::Open
            }
            Heard::Alive(id) => {
                self.newsroom.last = id;
                self.newsroom.catch_up();
                StreamEvent::Heard
            }
            Heard::Retry(ms) => StreamEvent::Retry(ms),
            Heard::Event(name, data) => return self.told(&name, &data),
            Heard::Answer(_) => return,
            Heard::Closed => StreamEvent::Closed,
            Heard::Unauthorized => {
                // Whoever signs in next is another session, even if the page has the same to say of it.
                self.newsroom.session = None;
                self.newsroom.history = History::Known;
                StreamEvent::Unauthorized
            }
        };
        self.feed(Input::Stream(event));
    }

    fn told(&mut self, name: &str, data: &Parsed) {
        match name {
            "call" => {
                let call = data.get("call");
                if let Some(news) = call.and_then(|call| news::news(&call, self.newsroom.agent())) {
                    self.feed(Input::News(news));
                }
            }
            "lost" => {
                self.newsroom.history = History::Wanted;
                self.newsroom.catch_up();
                self.pages.tell_all(&ToPage::Reread);
            }
            "device" => {
                if let Some(device) = Device::switched(data, self.newsroom.agent()) {
                    self.pages.tell_all(&ToPage::Device(device));
                }
            }
            // The pages ask for what they have not heard: the policy too.
            "policy" => self.pages.tell_all(&ToPage::Reread),
            // Allocations and push payloads are no news of a call.
            _ => {}
        }
    }

    fn heard_history(&mut self, heard: Heard) {
        match heard {
            Heard::Answer(page) => {
                self.newsroom.history = History::Known;
                let calls = news::past(&page, self.newsroom.agent());
                let seen_until = self.newsroom.seen_until();
                self.feed(Input::Past { calls, seen_until });
            }
            Heard::Closed => self.newsroom.history = History::Wanted,
            Heard::Unauthorized => self.heard_news(Heard::Unauthorized),
            Heard::Open | Heard::Alive(_) | Heard::Retry(_) | Heard::Event(..) => {}
        }
    }
}
