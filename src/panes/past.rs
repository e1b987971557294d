//! Past calls as the server tells them, newest first: read page by page, searched, filtered.

#[path = "past/list.rs"]
mod list;
#[path = "past/row.rs"]
pub(crate) mod row;
#[path = "past/search.rs"]
mod search;

use leptos::prelude::*;
use softphone::companion::{History, Past as PastCall};
use softphone::notices::Notice;
use softphone::notices::companion::{NOT_HEARD, refusal};
use softphone::panes_wire::FromPanes;
use softphone::web::ask::{self, Reply};
use softphone::web::{clock, spawn};

use crate::board::Board;
pub(crate) use list::Calls;
use search::Wanted;

/// A page of past calls.
const PATH: &str = "/api/calls?limit=100";
/// From the last letter typed to the search, ms.
const TYPED: u32 = 250;

/// What is being read.
///
/// ```text
///  Done ──► Newest, More ──► Done
///                   └──────► Failed ──► Newest, More
/// ```
#[derive(Clone, PartialEq, Eq)]
enum Reading {
    /// Nothing: all that was asked for is there.
    Done,
    /// The newest page.
    Newest,
    /// The page below those that are there.
    More,
    /// It was not told, and why.
    Failed(Notice),
}

/// A page to be read.
enum Page {
    /// The newest one, in the place of all that is there.
    First,
    /// The newest one, for what it says of the newest calls.
    Again,
    /// The one that begins here.
    Below(String),
}

/// Past calls of whoever is signed in. Old ones stay on the screen while new ones are asked for.
#[derive(Clone, Copy)]
pub(crate) struct Past {
    calls: RwSignal<History>,
    reading: RwSignal<Reading>,
    wanted: RwSignal<Wanted>,
    /// What the calls that are there are an answer to.
    answered: StoredValue<Wanted>,
    /// Who asks; `None` while nobody's calls may show.
    run: RwSignal<Option<u32>>,
    /// How often they have been asked for.
    turn: StoredValue<u32>,
}

impl Past {
    /// Nobody's yet.
    pub(crate) fn nothing() -> Self {
        Self {
            calls: RwSignal::new(History::default()),
            reading: RwSignal::new(Reading::Newest),
            wanted: RwSignal::new(Wanted::default()),
            answered: StoredValue::new(Wanted::default()),
            run: RwSignal::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// The run in whose name the server is asked.
    pub(crate) fn run(self) -> Option<u32> {
        self.run.get_untracked()
    }

    /// Somebody is signed in at a server.
    pub(crate) fn has_server(self) -> bool {
        self.run.with(Option::is_some)
    }

    /// The calls that were read, changed where they stand.
    pub(crate) fn change(self, change: impl FnOnce(&mut History)) {
        self.calls.update(change);
    }

    /// Reads the newest page for this run, or forgets whose calls these were.
    pub(crate) fn follow(self, board: Board, run: Option<u32>) {
        if self.run.get_untracked() != run {
            self.calls.set(History::default());
            self.wanted.set(Wanted::default());
            self.run.set(run);
        }
        if let Some(run) = run {
            spawn(self.settle(board, run));
        }
    }

    /// Reads the newest page, and again while the server has not heard how one of its calls ended.
    async fn settle(self, board: Board, run: u32) {
        for wait in [0, 1_000, 4_000, 15_000] {
            clock::sleep(wait).await;
            if self.run.get_untracked() != Some(run) {
                return;
            }
            let older = self.reading.with_untracked(|reading| *reading == Reading::More);
            let turn = self.begin(Reading::Newest);
            self.read(board, turn, Page::Again).await;
            // The list waits for its end, which was being read.
            if older {
                self.more(board);
            }
            let open = |call: &PastCall| call.outcome.is_none();
            if !self
                .calls
                .with_untracked(|history| history.calls.iter().any(open))
            {
                return;
            }
        }
    }

    /// Other calls are wanted: those of the last answer stay until these are told.
    fn want(self, board: Board, change: impl FnOnce(&mut Wanted)) {
        let before = self.wanted.get_untracked();
        self.wanted.update(change);
        let now = self.wanted.get_untracked();
        if now == before {
            return;
        }
        let turn = self.begin(Reading::Newest);
        let wait = if now.text == before.text { 0 } else { TYPED };
        spawn(async move {
            clock::sleep(wait).await;
            self.read(board, turn, Page::First).await;
        });
    }

    /// Reads the page below those that are there, if there is one and nothing else is being read.
    fn more(self, board: Board) {
        let next = self.calls.with_untracked(|history| history.next.clone());
        if let (Some(next), Reading::Done) = (next, self.reading.get_untracked()) {
            let turn = self.begin(Reading::More);
            spawn(self.read(board, turn, Page::Below(next)));
        }
    }

    /// Reads again what was not told.
    fn again(self, board: Board) {
        let turn = self.begin(Reading::Newest);
        spawn(self.read(board, turn, Page::First));
    }

    /// Of two readings at once the later one counts.
    fn begin(self, reading: Reading) -> u32 {
        self.turn.update_value(|turn| *turn += 1);
        self.reading.set(reading);
        self.turn.get_value()
    }

    async fn read(self, board: Board, turn: u32, page: Page) {
        if self.turn.get_value() != turn {
            return;
        }
        let Some(run) = self.run.get_untracked() else {
            return;
        };
        let wanted = self.wanted.get_untracked();
        let mut path = [PATH, &wanted.query()].concat();
        if let Page::Below(before) = &page {
            path.push_str("&before=");
            path.push_str(before);
        }
        let reply = ask::get(&path).await;
        if self.turn.get_value() != turn || self.run.get_untracked() != Some(run) {
            return;
        }
        self.reading.set(match reply {
            Reply::Said(said) => {
                let told = History::read(&said);
                // Calls that were found by another search are no part of this answer.
                let same = self.answered.with_value(|answered| *answered == wanted);
                self.calls.update(|history| match page {
                    Page::Again if same => history.renew(told),
                    Page::First | Page::Again => *history = told,
                    Page::Below(_) => history.append(told),
                });
                self.answered.set_value(wanted);
                Reading::Done
            }
            Reply::Refused(status, said) => {
                if status == 401 {
                    board.say(&FromPanes::SessionEnded(run));
                }
                Reading::Failed(refusal(&said))
            }
            Reply::Unreachable => Reading::Failed(NOT_HEARD),
        });
    }
}
