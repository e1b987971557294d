//! The panes, seen from the page: when they are fetched, where they draw, what they are told, and what is left when they fail.

use leptos::prelude::*;
use phone::view::{EndedView, Way};
use phone::{CallState, Command, LinkView};
use softphone::language::t;
use softphone::notices::{Notice, PANES_STOPPED};
use softphone::panes_wire::{Asker, Demo, FromPanes, OnCall, Over, Registration, ToPanes};
use softphone::sign_in::user;
use softphone::web::port::Port;
use softphone::web::{ask, frame, page, panes, spawn};
use softphone::words;

use super::Ui;
use crate::desk::Standing;
use crate::elements::live::{Flag, flag, live, nothing, press};
use crate::elements::notice;

/// Their program.
///
/// ```text
///  Closed ──the phone is ready, no call is being set up────────► Due ──the browser is idle──► Open ──► Failed
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
    /// What comes first: the start of the shift, what is wrong with how the call sounds. Above dial pad and call.
    Above,
    /// How the call sounds, below it.
    Call,
    /// Missed and past calls, below the dial pad.
    Below,
    /// Past calls, beside the phone or below it.
    Desk,
    /// The demo's panel, beside the phone.
    Beside,
}

/// Fetches the panes when their time has come, and tells them what has changed.
pub(super) fn run(ui: Ui) {
    let link = panes::link().map(|ends| Port::open(ends, move |said| hear(ui, said)));
    // One effect for all of it: a signal for each part would be code of its own.
    Effect::new(move |said: Option<(Vec<ToPanes>, bool)>| {
        let state = state(ui);
        let (before, told) = said.unwrap_or_default();
        let (open, due) = ui.panes.with(|panes| {
            let port = match panes {
                Panes::Open(port) => Some(port),
                Panes::Closed | Panes::Due | Panes::Failed => None,
            };
            for now in &state {
                let new = !before.contains(now);
                let ports = [link.as_ref().filter(|_| new), port.filter(|_| new || !told)];
                for port in ports.into_iter().flatten() {
                    port.send(now);
                }
            }
            (port.is_some(), matches!(panes, Panes::Closed) && is_due(ui))
        });
        if due {
            wait(ui);
        }
        (state, open)
    });
    let ended = ui.part(|view| view.ended.clone());
    Effect::new(move |_| {
        let Some(over) = ended.get().and_then(|ended| over(ui, ended)) else {
            return;
        };
        ui.panes.with_untracked(|panes| {
            if let Panes::Open(port) = panes {
                port.send(&ToPanes::Over(over));
            }
        });
    });
}

/// How things stand, as far as the panes care.
fn state(ui: Ui) -> Vec<ToPanes> {
    let (features, out) = ui.desk.standing.with(|standing| {
        let out = if let Standing::SignedOut(why) = standing {
            Some(why.is_some())
        } else {
            None
        };
        (standing.features(), out)
    });
    let control = ui
        .sandbox
        .with(|sandbox| sandbox.as_ref().map(|sandbox| sandbox.control.clone()));
    let typed = match features.is_some_and(|may| may.platform_calls) {
        true => ui.typed.get(),
        false => String::new(),
    };
    let gaps = ui.desk.gaps.get();
    ui.desk.view.with(|view| {
        let asker = features.map(|_| Asker {
            run: ui.desk.run().number(),
            agent: ui
                .desk
                .standing
                .with_untracked(Standing::agent)
                .unwrap_or_default(),
            bearer: ask::bearer(),
            after: (gaps, view.ended.as_ref().map(|ended| ended.id), view.missed.len()),
        });
        let demo = control.map(|control| Demo {
            control,
            user: view.address.as_deref().map(user).unwrap_or_default().to_owned(),
            served: features.is_some(),
            platform_calls: features.is_some_and(|features| features.platform_calls),
            busy: view.call.is_some() || view.link != LinkView::Ready,
        });
        let served = |sid: &Option<String>| sid.clone().filter(|_| features.is_some());
        let on_call = view.call.as_ref().map(|call| OnCall {
            id: call.id,
            sid: served(&call.call_sid).unwrap_or_default(),
            who: words::peer_title(&call.peer),
            virtual_number: call.virtual_number.clone(),
            dialled: call.way == Way::Out,
            ringing: call.state == CallState::Incoming,
            muted: call.muted,
            held: call.held,
        });
        vec![
            ToPanes::Missed(view.missed.clone()),
            ToPanes::SignedOut(out),
            ToPanes::Past(asker),
            ToPanes::Call(on_call),
            ToPanes::Registration(registration(&view.link)),
            ToPanes::Typed(typed),
            ToPanes::Demo(demo),
        ]
    })
}

fn registration(link: &LinkView) -> Registration {
    let words = match link {
        LinkView::Waiting { fault, .. } => Notice::from(fault).title.into_owned(),
        LinkView::Idle
        | LinkView::Connecting
        | LinkView::Ready
        | LinkView::Offline
        | LinkView::Refused(_) => words::link(link, 0),
    };
    Registration {
        ready: *link == LinkView::Ready,
        words,
    }
}

/// The phone works, and nobody is on it, or they talk already: it is the panes that judge how a call sounds.
fn is_due(ui: Ui) -> bool {
    ui.desk.view.with_untracked(|view| {
        let settled = view.call.as_ref().is_none_or(|call| call.established.is_some());
        view.link == LinkView::Ready && settled
    })
}

fn wait(ui: Ui) {
    ui.panes.set(Panes::Due);
    page::when_idle(move || {
        if is_due(ui) {
            open(ui);
        } else {
            ui.panes.set(Panes::Closed);
        }
    });
}

/// A call that may be rated: it was talked on, and a server knows it.
fn over(ui: Ui, ended: EndedView) -> Option<Over> {
    let served = ui
        .desk
        .standing
        .with_untracked(|standing| standing.features().is_some());
    let sid = ended.call_sid.filter(|_| served && ended.talked > 0)?;
    Some(Over {
        run: ui.desk.run().number(),
        id: ended.id,
        sid,
    })
}

/// Has the panes ask whether the agent wants to sign out in spite of what is not saved; false if they cannot.
pub(super) fn asks_to_leave(ui: Ui) -> bool {
    ui.panes.with_untracked(|panes| match panes {
        Panes::Open(port) => {
            port.send(&ToPanes::Leaving);
            true
        }
        Panes::Closed | Panes::Due | Panes::Failed => false,
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
        FromPanes::Fill(number) => ui.typed.set(number),
        FromPanes::CallBack { sid, number } => ui.desk.call_back(sid, &number),
        FromPanes::SignOut => spawn(ui.desk.sign_out()),
        FromPanes::Answer(id) => ui.desk.send(Command::Answer(id)),
        FromPanes::Decline(id) => ui.desk.send(Command::Decline(id)),
        FromPanes::HangUp(id) => ui.desk.send(Command::HangUp(id)),
        FromPanes::Mute(id, muted) => ui.desk.send(Command::Mute(id, muted)),
        FromPanes::Hold(id, held) => ui.desk.send(Command::Hold(id, held)),
        FromPanes::MissedSeen => ui.desk.send(Command::MissedSeen),
        FromPanes::SessionEnded(run) => ui.desk.session_ended_in(run),
        FromPanes::ShiftDue(due) => ui.desk.shift_is_due(due),
        FromPanes::Mend(id, mend) => ui.desk.mend(id, mend),
        FromPanes::SignIn(ticket) => spawn(async move {
            if let Some(invitation) = frame::invited(ticket) {
                ui.desk.accept(&invitation).await;
            }
        }),
        FromPanes::Devices { microphone } => ui.desk.use_devices(microphone),
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
            let again = view! { <button type="button" class="button small" on:click=again>{t("Try again")}</button> };
            let told = notice::told(&PANES_STOPPED, "wait", true, again.into_any());
            view! { <div class="body" hidden=hidden(shown)>{told}</div> }.into_any()
        }
        (Place::Below, false) => {
            view! { <div id=panes::BELOW class="body pane" hidden=hidden(shown)></div> }.into_any()
        }
        // Said below already, or about to be: it is not worth a word in a call.
        (Place::Beside | Place::Above | Place::Call | Place::Desk, true) => nothing(),
        (Place::Above, false) => {
            view! { <div id=panes::ABOVE hidden=hidden(shown)></div> }.into_any()
        }
        (Place::Call, false) => {
            view! { <div id=panes::CALL class="body pane" hidden=hidden(shown)></div> }.into_any()
        }
        (Place::Desk, false) => {
            view! { <section id=panes::DESK class="panel desk" aria-label=t("Calls") hidden=hidden(shown)></section> }
                .into_any()
        }
        (Place::Beside, false) => {
            view! { <aside id=panes::BESIDE class="panel sandbox" aria-label=t("Sandbox") hidden=hidden(shown)></aside> }
                .into_any()
        }
    }
    })
}

fn hidden(shown: Memo<bool>) -> Flag {
    flag(move || !shown.get())
}
