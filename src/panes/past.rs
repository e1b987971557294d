//! Recent calls as the server tells them, newest first; a click calls.

use leptos::prelude::*;
use phone::view::Way;
use softphone::companion::{History, Outcome, Past as PastCall};
use softphone::notices::Notice;
use softphone::notices::companion::{NOT_HEARD, refusal};
use softphone::number::{Dialled, grouped};
use softphone::panes_wire::FromPanes;
use softphone::web::ask::{self, Reply};
use softphone::web::{clock, spawn};
use softphone::words::{UNKNOWN, past};

use crate::board::Board;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, nothing, press, text};
use crate::elements::notice;

/// A page of past calls.
const PATH: &str = "/api/calls?limit=20";

/// What is known of the past. Old calls stay on the screen while new ones are asked for.
#[derive(Clone, PartialEq, Eq)]
enum Recent {
    /// Asked; these were there before.
    Asking(History),
    /// Told.
    Told(History),
    /// Not told, and why.
    Failed(History, Notice),
}

impl Recent {
    /// Nothing yet.
    const fn nothing() -> Self {
        Self::Asking(History {
            calls: Vec::new(),
            next: None,
        })
    }

    fn history(&self) -> &History {
        match self {
            Self::Asking(history) | Self::Failed(history, _) | Self::Told(history) => history,
        }
    }
}

/// Past calls of whoever is signed in.
#[derive(Clone, Copy)]
pub(crate) struct Past {
    recent: RwSignal<Recent>,
    /// Who asks; `None` while nobody's calls may show.
    run: RwSignal<Option<u32>>,
    /// How often they have been asked for.
    reading: StoredValue<u32>,
}

impl Past {
    /// Nobody's yet.
    pub(crate) fn nothing() -> Self {
        Self {
            recent: RwSignal::new(Recent::nothing()),
            run: RwSignal::new(None),
            reading: StoredValue::new(0),
        }
    }

    /// Reads the newest page for this run, or forgets whose calls these were.
    pub(crate) fn follow(self, board: Board, run: Option<u32>) {
        if self.run.get_untracked() != run {
            self.recent.set(Recent::nothing());
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
            self.read(board, None).await;
            let open = |call: &PastCall| call.outcome.is_none();
            let recent = self.recent;
            if !recent.with_untracked(|recent| recent.history().calls.iter().any(open)) {
                return;
            }
        }
    }

    /// Reads the page that begins at `before`, behind what is there, or the newest one in its place. Of two readings at once
    /// the later one counts.
    async fn read(self, board: Board, before: Option<String>) {
        let Some(run) = self.run.get_untracked() else {
            return;
        };
        self.reading.update_value(|reading| *reading += 1);
        let reading = self.reading.get_value();
        let old = self.recent.with_untracked(|recent| recent.history().clone());
        self.recent.set(Recent::Asking(old.clone()));
        let path = match &before {
            Some(before) => [PATH, "&before=", before].concat(),
            None => PATH.to_owned(),
        };
        let reply = ask::get(&path).await;
        if self.reading.get_value() != reading || self.run.get_untracked() != Some(run) {
            return;
        }
        self.recent.set(match reply {
            Reply::Said(said) => {
                let mut told = History::read(&said);
                if before.is_some() {
                    told.calls = old.calls.into_iter().chain(told.calls).collect();
                }
                Recent::Told(told)
            }
            Reply::Refused(status, said) => {
                if status == 401 {
                    board.say(&FromPanes::SessionEnded(run));
                }
                Recent::Failed(old, refusal(&said))
            }
            Reply::Unreachable => Recent::Failed(old, NOT_HEARD),
        });
    }
}

/// The list, where there is anybody to have one.
#[component]
pub(crate) fn Recents(board: Board) -> AnyView {
    let somebody = Memo::new(move |_| board.past.run.get().is_some());
    maybe(move || somebody.get().then(|| view! { <List board/> }.into_any()))
}

#[component]
fn List(board: Board) -> AnyView {
    let past = board.past;
    let calls = Memo::new(move |_| past.recent.with(|recent| recent.history().calls.clone()));
    // It stays while a page is being read: who pressed it keeps the focus.
    let more = Memo::new(move |_| past.recent.with(|recent| recent.history().next.is_some()));
    let asking = move || past.recent.with(|recent| matches!(recent, Recent::Asking(_)));
    let told = Memo::new(move |_| past.recent.with(|recent| matches!(recent, Recent::Told(_))));
    let failed = Memo::new(move |_| match past.recent.get() {
        Recent::Failed(_, why) => Some(why),
        Recent::Asking(_) | Recent::Told(_) => None,
    });
    let again = move || {
        let again = press(move || spawn(past.read(board, None)));
        view! { <button type="button" class="button small" on:click=again>"Try again"</button> }.into_any()
    };
    view! {
        <section class="recent" aria-labelledby="recent-title">
            <div class="section-head"><h2 id="recent-title">"Recent calls"</h2></div>
            {maybe(move || failed.get().map(|why| notice::told(&why, "bad", true, again())))}
            {maybe(move || {
                let calls = calls.get();
                if calls.is_empty() && !told.get() {
                    return None;
                }
                let none = || view! { <p class="hint">"No calls yet."</p> }.into_any();
                let rows = |calls: Vec<PastCall>| calls.into_iter().map(|call| row(board, call)).collect::<Vec<_>>();
                Some(if calls.is_empty() { none() } else { view! { <ul class="plain">{rows(calls)}</ul> }.into_any() })
            })}
            {maybe(move || more.get().then(|| {
                let read = press(move || {
                    let next = past.recent.with_untracked(|recent| recent.history().next.clone());
                    if let (Some(next), false) = (next, past.recent.with_untracked(|recent| matches!(recent, Recent::Asking(_)))) {
                        spawn(past.read(board, Some(next)));
                    }
                });
                view! {
                    <button type="button" class="button quiet small" aria-disabled=text(move || asking().to_string()) on:click=read>
                        "Show more"
                    </button>
                }
                .into_any()
            }))}
        </section>
    }
    .into_any()
}

/// One call. A number that is masked, or none, cannot be called.
fn row(board: Board, call: PastCall) -> AnyView {
    let target = match Dialled::read(&call.number) {
        Dialled::Number(target) | Dialled::Address(target) => Some(target),
        Dialled::Empty | Dialled::Neither => None,
    };
    let title = if call.number.is_empty() {
        UNKNOWN.to_owned()
    } else {
        grouped(&call.number)
    };
    let glyph = match (call.outcome, call.way) {
        (Some(Outcome::Missed | Outcome::AnsweredElsewhere | Outcome::Declined), _) => icon::PHONE_MISSED,
        (_, Way::In) => icon::PHONE_IN,
        (_, Way::Out) => icon::PHONE_OUT,
    };
    let name = if target.is_some() {
        ["Call ", &title].concat()
    } else {
        title.clone()
    };
    // Said after the name, which hides what stands in the row.
    let id = ["past-", &call.sid].concat();
    let below = id.clone();
    let about = text(move || past::about(&call, board.clock.get()));
    let callable = target.is_some();
    let action = if callable {
        view! { <span class="row-action" aria-hidden="true"><Icon d=icon::PHONE/></span> }.into_any()
    } else {
        nothing()
    };
    let dial = press(move || {
        if let Some(target) = &target {
            board.dial(target);
        }
    });
    view! {
        <li>
            <button type="button" class="row" aria-disabled=(!callable).then_some("true") aria-label=name aria-describedby=id on:click=dial>
                <Icon d=glyph/>
                <span class="row-text">
                    <span class="row-title">{title}</span>
                    <span class="row-about" id=below>{about}</span>
                </span>
                {action}
            </button>
        </li>
    }
    .into_any()
}
