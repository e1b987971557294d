//! Who is at the other end of the call that rings or goes on: what a CRM has told, earlier calls, the last note; and, once it
//! goes on, a note of this call.

use leptos::prelude::*;
use phone::{CallId, Millis};
use softphone::companion::{Caller, Customer};
use softphone::language::{counted, fill, t};
use softphone::panes_wire::{FromPanes, OnCall};
use softphone::web::ask::{self, Reply};
use softphone::web::{clock, spawn};
use softphone::words::{ago, past};

use crate::board::Board;
use crate::elements::live::{maybe, nothing, text};
use crate::note::Reader;

/// Waits before asking again for a call that the server has not heard of yet, ms: the platform's word may come after the ring.
const WAITS: [u32; 4] = [0, 700, 2_000, 5_000];

/// The call, and what is known of its customer.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    call: RwSignal<Option<OnCall>>,
    known: RwSignal<Option<Caller>>,
}

impl Line {
    /// No call.
    pub(crate) fn free() -> Self {
        Self {
            call: RwSignal::new(None),
            known: RwSignal::new(None),
        }
    }

    /// The call stands like this from now on.
    pub(crate) fn hear(self, board: Board, call: Option<OnCall>) {
        let before = self.call.get_untracked();
        if call == before {
            return;
        }
        let asked = |call: &OnCall| (call.sid.clone(), call.virtual_number.clone());
        let news = call.as_ref().map(asked) != before.as_ref().map(asked);
        let same = call.as_ref().map(|call| &call.sid) == before.as_ref().map(|call| &call.sid);
        if !same {
            self.known.set(None);
        }
        self.call.set(call.clone());
        if let (Some(call), true) = (call.filter(|call| !call.sid.is_empty()), news) {
            spawn(self.find_out(board, call));
        }
    }

    /// The call as it stands.
    pub(crate) fn call(self) -> RwSignal<Option<OnCall>> {
        self.call
    }

    /// The platform's id of the call; empty for none.
    pub(crate) fn sid(self) -> String {
        self.call
            .with_untracked(|call| call.as_ref().map(|call| call.sid.clone()))
            .unwrap_or_default()
    }

    /// A call goes on.
    pub(crate) fn is_talking(self) -> Memo<bool> {
        Memo::new(move |_| {
            self.call
                .with(|call| call.as_ref().is_some_and(|call| !call.ringing))
        })
    }

    /// A call rings or goes on.
    pub(crate) fn is_busy(self) -> Memo<bool> {
        Memo::new(move |_| self.call.with(Option::is_some))
    }

    /// The call that goes on, from dialling or answering to its end.
    pub(crate) fn talking(self) -> Memo<Option<CallId>> {
        Memo::new(move |_| {
            self.call
                .with(|call| call.as_ref().filter(|call| !call.ringing).map(|call| call.id))
        })
    }

    /// The call that rings.
    pub(crate) fn ringing(self) -> Memo<Option<OnCall>> {
        Memo::new(move |_| self.call.get().filter(|call| call.ringing))
    }

    async fn find_out(self, board: Board, call: OnCall) {
        let run = board.past.run();
        let path = ["/api/calls/", &call.sid, "/caller"].concat();
        for wait in WAITS {
            clock::sleep(wait).await;
            let reply = ask::get(&path).await;
            let now = self
                .call
                .with_untracked(|now| now.as_ref().map(|now| now.sid.clone()));
            if now.as_ref() != Some(&call.sid) || board.past.run() != run {
                return;
            }
            match reply {
                Reply::Said(said) => return self.known.set(Some(Caller::read(&said))),
                Reply::Refused(401, _) => {
                    return board.say(&FromPanes::SessionEnded(run.unwrap_or_default()));
                }
                // The phone itself goes on: what is not known is not shown.
                Reply::Refused(..) | Reply::Unreachable => {}
            }
        }
    }
}

/// What is known, while a call rings or goes on.
#[component]
pub(crate) fn About(board: Board) -> AnyView {
    let line = board.line;
    let talking = Memo::new(move |_| {
        line.call.with(|call| {
            let call = call
                .as_ref()
                .filter(|call| !call.ringing && !call.sid.is_empty())?;
            Some(call.sid.clone())
        })
    });
    view! {
        {maybe(move || line.known.get().map(|known| card(board, known)))}
        {maybe(move || talking.get().map(|sid| {
            view! { <Reader board sid/> }.into_any()
        }))}
    }
    .into_any()
}

fn card(board: Board, known: Caller) -> AnyView {
    let customer = known.customer.as_ref().map_or_else(nothing, customer);
    let note = known.last_note.clone().filter(|note| !note.text.is_empty());
    let note = note.map_or_else(nothing, |note| {
        view! { <p class="last-note"><span>{t("Last note")}</span>" "{note.text}</p> }.into_any()
    });
    let earlier = text(move || earlier(&known, board.clock.get()));
    view! {
        <section class="caller" aria-label=t("About the caller")>
            {customer}
            <p class="hint">{earlier}</p>
            {note}
        </section>
    }
    .into_any()
}

fn customer(customer: &Customer) -> AnyView {
    let link = match customer.link.as_str() {
        "" => nothing(),
        link => view! {
            <a class="button small" href=link.to_owned() target="_blank" rel="noopener noreferrer">{t("Open in CRM")}</a>
        }
        .into_any(),
    };
    view! {
        <div class="section-head">
            <h2>{customer.name.clone()}</h2>
            {link}
        </div>
        <p>{customer.about.clone()}</p>
    }
    .into_any()
}

/// `3 earlier calls · last: Missed, 2 h ago`.
fn earlier(known: &Caller, now: Millis) -> String {
    let count = known.earlier.to_string();
    let calls = match (known.earlier, known.more) {
        (0, _) => return t("You have had no call with them before.").to_owned(),
        (many, false) => counted(many, "{0} earlier call", "{0} earlier calls"),
        (_, true) => fill("More than {0} earlier calls", &[&count]),
    };
    match &known.last {
        Some(last) => {
            let outcome = past::outcome(last.way, last.outcome);
            let ago = ago(last.at, now);
            [&calls, " · ", &fill("last: {0}, {1}", &[outcome, &ago])].concat()
        }
        None => calls,
    }
}
