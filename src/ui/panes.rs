//! The panes, seen from the page: when they are fetched, where they draw, what they are told, and what is left when they fail.

use leptos::prelude::*;
use phone::view::EndedView;
use phone::{Command, LinkView};
use softphone::notices::PANES_STOPPED;
use softphone::panes_wire::{Asker, Demo, FromPanes, Over, Sounded, ToPanes};
use softphone::sign_in::user;
use softphone::web::port::Port;
use softphone::web::{ask, page, panes};

use super::Ui;
use crate::elements::live::{Flag, flag, live, nothing, press};
use crate::elements::notice;

/// Their program.
///
/// ```text
///  Closed ──the phone is ready, there is something to show──► Due ──the browser is idle──► Open ──► Failed
///    ▲                                                         │                            ▲         │
///    └───────────────────a call has come───────────────────────┘                            └Try again┘
/// ```
pub(super) enum Panes {
    /// Not fetched.
    Closed,
    /// Fetched as soon as there is nothing better to do.
    Due,
    /// Fetched, or about to be: what is said waits in the port until then.
    Open(Port),
    /// Did not load, or has broken down.
    Failed,
}

/// An element that the panes draw into.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// How the call sounds, below it.
    Call,
    /// Missed and past calls, below the dial pad.
    Below,
    /// The demo's panel, beside the phone.
    Beside,
}

/// Fetches the panes when their time has come, and tells them how things stand.
pub(super) fn run(ui: Ui) {
    let served = Memo::new(move |_| ui.desk.standing.with(|standing| standing.features().is_some()));
    let missed = ui.part(|view| view.missed.clone());
    let demo = demo(ui);
    let ready = ui.part(|view| view.link == LinkView::Ready && view.call.is_none());
    let due = Memo::new(move |_| {
        ready.get()
            && (served.get() || demo.with(Option::is_some) || missed.with(|missed| !missed.is_empty()))
    });
    Effect::new(move |_| {
        if due.get() && ui.panes.with_untracked(|panes| matches!(panes, Panes::Closed)) {
            ui.panes.set(Panes::Due);
            page::when_idle(move || {
                if due.get_untracked() {
                    open(ui);
                } else {
                    ui.panes.set(Panes::Closed);
                }
            });
        }
    });

    tell(ui, move || ToPanes::Missed(missed.get()));
    tell(ui, move || ToPanes::Demo(demo.get()));
    sound(ui);
    // Read anew after each call that ends, and where the server's news have had a gap.
    let ends = ui.part(|view| (view.ended.as_ref().map(|ended| ended.id), view.missed.len()));
    tell(ui, move || {
        ends.track();
        ui.desk.gaps.track();
        ToPanes::Past(served.get().then(|| Asker {
            run: ui.desk.run().number(),
            bearer: ask::bearer(),
        }))
    });
}

/// Says it now, whenever it changes, and to panes that have just been opened.
fn tell(ui: Ui, what: impl Fn() -> ToPanes + 'static) {
    Effect::new(move |_| {
        let what = what();
        ui.panes.with(|panes| {
            if let Panes::Open(port) = panes {
                port.send(&what);
            }
        });
    });
}

/// How the call carried here sounds, and what it was like when it is over.
fn sound(ui: Ui) {
    let call = ui.part(|view| view.call.as_ref().map(|call| call.id));
    let carried = Memo::new(move |_| {
        ui.desk.sounds.with(|sounds| {
            let id = sounds.as_ref().map(|sounds| sounds.call);
            id.is_some() && id == call.get()
        })
    });
    tell(ui, move || {
        let sounds = ui.desk.sounds.get().filter(|_| carried.get());
        ToPanes::Sound(sounds.map(|sounds| {
            Box::new(Sounded {
                second: sounds.verdict.second,
                codec: sounds.codec,
            })
        }))
    });
    let ended = ui.part(|view| view.ended.clone());
    Effect::new(move |_| {
        let Some(over) = ended.get().and_then(|ended| over(ui, ended)) else {
            return;
        };
        ui.panes.with_untracked(|panes| {
            if let Panes::Open(port) = panes {
                port.send(&ToPanes::Over(Box::new(over)));
            }
        });
    });
}

/// A call that may be rated: it was talked on here, and a server knows it.
fn over(ui: Ui, ended: EndedView) -> Option<Over> {
    let served = ui
        .desk
        .standing
        .with_untracked(|standing| standing.features().is_some());
    let sounds = ui.desk.sounds.get_untracked()?;
    let rated = served && sounds.call == ended.id && ended.talked > 0;
    let sid = ended.call_sid.filter(|_| rated)?;
    Some(Over {
        run: ui.desk.run().number(),
        sid,
        codec: sounds.codec,
        summary: sounds.summary,
    })
}

/// What the sandbox's panel needs of the phone.
fn demo(ui: Ui) -> Memo<Option<Demo>> {
    let phone = ui.part(|view| {
        let busy = view.call.is_some() || view.link != LinkView::Ready;
        (
            view.address.as_deref().map(user).unwrap_or_default().to_owned(),
            busy,
        )
    });
    Memo::new(move |_| {
        let control = ui
            .sandbox
            .with(|sandbox| sandbox.as_ref().map(|sandbox| sandbox.control.clone()))?;
        let features = ui.desk.standing.with(|standing| standing.features());
        let (user, busy) = phone.get();
        Some(Demo {
            control,
            user,
            served: features.is_some(),
            platform_calls: features.is_some_and(|features| features.platform_calls),
            busy,
        })
    })
}

fn open(ui: Ui) {
    let port = panes::open().map(|ends| {
        Port::to_program(
            ends,
            move |said| hear(ui, said),
            move |_| ui.panes.set(Panes::Failed),
        )
    });
    ui.panes.set(port.map_or(Panes::Failed, Panes::Open));
}

fn hear(ui: Ui, said: FromPanes) {
    match said {
        FromPanes::Dial(target) => ui.dial(&target),
        FromPanes::MissedSeen => ui.desk.send(Command::MissedSeen),
        FromPanes::SessionEnded(run) => ui.desk.session_ended_in(run),
    }
}

/// A place of the panes. It is always in the page, so that they find it; a new element stands there after a failure, free of
/// what they had drawn.
#[component]
pub(super) fn Pane(ui: Ui, place: Place, shown: Memo<bool>) -> AnyView {
    let failed = Memo::new(move |_| ui.panes.with(|panes| matches!(panes, Panes::Failed)));
    live(move || {
        match (place, failed.get()) {
        (Place::Below, true) => {
            let again = press(move || open(ui));
            let again = view! { <button type="button" class="button small" on:click=again>"Try again"</button> };
            let told = notice::told(&PANES_STOPPED, "wait", true, again.into_any());
            view! { <div class="body" hidden=hidden(shown)>{told}</div> }.into_any()
        }
        (Place::Below, false) => {
            view! { <div id=panes::BELOW class="body pane" hidden=hidden(shown)></div> }.into_any()
        }
        // Said below already, or about to be: it is not worth a word in a call.
        (Place::Beside | Place::Call, true) => nothing(),
        (Place::Call, false) => {
            view! { <div id=panes::CALL class="body pane" hidden=hidden(shown)></div> }.into_any()
        }
        (Place::Beside, false) => {
            view! { <aside id=panes::BESIDE class="panel sandbox" aria-label="Sandbox" hidden=hidden(shown)></aside> }
                .into_any()
        }
    }
    })
}

fn hidden(shown: Memo<bool>) -> Flag {
    flag(move || !shown.get())
}
