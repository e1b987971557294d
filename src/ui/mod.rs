//! What the agent sees: one panel that signs in, dials, rings, talks and tells what went wrong.
//! Components read the [`Desk`] and send commands through it; they never name the browser.
#![expect(unreachable_pub, reason = "`#[component]` writes its property types as `pub`")]

mod banners;
mod call;
mod connect;
mod device;
mod dialer;
mod ended;
mod field;
mod incoming;
mod keypad;
mod lost;
mod panes;
mod sandbox;
mod sign_in;
mod start;
mod status;
mod title;

use std::time::Duration;

use leptos::prelude::*;
use phone::{CallState, LinkView, Millis, View};
use softphone::language::{fill, t};
use softphone::notices::Notice;
use softphone::notices::companion::{SESSION_ENDED_IN_CALL, UNREACHABLE};
use softphone::number::Dialled;
use softphone::words;

use crate::desk::{Desk, Equipment, SignedIn, Standing, WorkerLost};
use crate::elements::live::{live, maybe, nothing};
use crate::elements::notice;
use panes::{Panes, Place};
use sandbox::Sandbox;

/// What every component is given: the desk, and what belongs to this page alone.
#[derive(Clone, Copy)]
pub(crate) struct Ui {
    /// The phone.
    desk: Desk,
    /// The time shown by timers and countdowns; it moves only while one of them is on the screen.
    clock: RwSignal<Millis>,
    /// Text in the field *Number*; it outlives a call.
    typed: RwSignal<String>,
    /// The last number dialled from here.
    last: RwSignal<String>,
    /// It may not be called by this account.
    barred: RwSignal<bool>,
    /// What the last sign-in was tried with, so that a mistake can be corrected.
    tried: RwSignal<connect::Tried>,
    /// The demo's agents and numbers, where there is a sandbox.
    sandbox: RwSignal<Option<Sandbox>>,
    /// The program of what can wait.
    panes: RwSignal<Panes, LocalStorage>,
}

impl Ui {
    /// A part of the view that changes only when it differs.
    fn part<T>(self, read: impl Fn(&View) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.memo(Box::new(read))
    }

    /// Once per type, not once per reader.
    fn memo<T>(self, read: Box<dyn Fn(&View) -> T + Send + Sync>) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.desk.view.with(|view| read(view)))
    }

    /// Calls and remembers whom: numbers through the platform where there is a server, else straight over SIP.
    fn dial(self, target: &str) {
        self.last.set(target.to_owned());
        self.barred.set(false);
        let number = matches!(Dialled::read(target), Dialled::Number(_));
        let standing = self.desk.standing.get_untracked();
        // A number goes through the platform or not at all while the server only happens to be away.
        if number && standing == Standing::Unreachable {
            return self.desk.place(target);
        }
        match standing.features() {
            Some(may) if may.platform_calls && number => self.desk.place(target),
            Some(may) if !may.direct_calls => self.barred.set(true),
            Some(_) | None => self.desk.send(phone::Command::Dial(target.to_owned())),
        }
    }
}

/// What fills the panel.
#[derive(Clone, PartialEq, Eq)]
enum Screen {
    /// The worker has not spoken yet.
    Starting,
    /// No SIP account, or one its server will not have, and nobody else to ask for one.
    Connect,
    /// Nobody is signed in to the companion server.
    SignIn,
    /// The phone.
    Phone,
    /// The worker is gone.
    Lost(WorkerLost),
}

/// The whole page.
#[component]
pub(crate) fn App(
    /// The phone this page is attached to.
    desk: Desk,
) -> AnyView {
    let ui = Ui {
        desk,
        clock: RwSignal::new(desk.now()),
        typed: RwSignal::new(String::new()),
        last: RwSignal::new(String::new()),
        barred: RwSignal::new(false),
        tried: RwSignal::new(connect::Tried::default()),
        sandbox: RwSignal::new(None),
        panes: RwSignal::new_local(Panes::Closed),
    };
    run_clock(ui);
    title::follow(ui);
    start::run(ui);
    panes::run(ui);

    let attached = Memo::new(move |_| desk.page.get().is_some());
    let signed_out =
        ui.part(|view| view.call.is_none() && matches!(view.link, LinkView::Idle | LinkView::Refused(_)));
    let screen = Memo::new(move |_| match (desk.worker_lost.get(), attached.get()) {
        (Some(why), _) => Screen::Lost(why),
        (None, false) => Screen::Starting,
        (None, true) => desk.standing.with(|standing| match standing {
            Standing::Asking | Standing::SigningOut => Screen::Starting,
            Standing::Absent if signed_out.get() => Screen::Connect,
            // Another tab has the phone, or had it before the server went away: it works without.
            Standing::Unreachable if signed_out.get() => Screen::SignIn,
            Standing::Absent | Standing::Unreachable | Standing::Ending | Standing::SignedIn(_) => {
                Screen::Phone
            }
            Standing::SignedOut(_) | Standing::SigningIn | Standing::Untold => Screen::SignIn,
        }),
    });
    let phone = Memo::new(move |_| screen.get() == Screen::Phone);
    let call = ui.part(|view| view.call.is_some());
    let on_call = Memo::new(move |_| phone.get() && call.get());
    let free = ui.part(|view| {
        view.call
            .as_ref()
            .is_none_or(|call| call.state == CallState::Incoming)
    });

    view! {
        <main class="page">
            <section class="panel" aria-label=t("Phone")>
                <status::Status ui/>
                <banners::Banners ui/>
                <panes::Pane ui place=Place::Above shown=phone/>
                {live(move || match screen.get() {
                    Screen::Starting => view! { <div class="body starting"></div> }.into_any(),
                    Screen::Connect => view! { <connect::Connect ui/> }.into_any(),
                    Screen::SignIn => view! { <sign_in::SignIn ui/> }.into_any(),
                    Screen::Phone => view! { <Phone ui/> }.into_any(),
                    Screen::Lost(why) => view! { <lost::Lost why/> }.into_any(),
                })}
                <panes::Pane ui place=Place::Call shown=on_call/>
                <panes::Pane ui place=Place::Below shown=Memo::new(move |_| phone.get() && free.get())/>
                <Announcer ui/>
            </section>
            <panes::Pane ui place=Place::Desk shown=phone/>
            <panes::Pane ui place=Place::Beside shown=Memo::new(move |_| phone.get() && ui.sandbox.with(Option::is_some))/>
        </main>
    }
    .into_any()
}

/// Dial pad, or the call.
#[component]
fn Phone(ui: Ui) -> AnyView {
    let talking = ui.part(|view| {
        view.call
            .as_ref()
            .filter(|call| call.state != CallState::Incoming)
            .map(|call| call.id)
    });
    let ringing = ui.part(|view| {
        view.call
            .as_ref()
            .filter(|call| call.state == CallState::Incoming)
            .map(|call| call.id)
    });
    view! {
        {maybe(move || shortcoming(ui).map(|why| notice::told(&why, "wait", true, nothing())))}
        {maybe(move || ringing.get().map(|id| view! { <incoming::Incoming ui id/> }.into_any()))}
        {live(move || match talking.get() {
            Some(id) => view! { <call::Call ui id/> }.into_any(),
            None => {
                view! {
                    <div class="body">
                        <ended::Ended ui/>
                        <device::DeviceChoice ui/>
                        <dialer::Dialer ui/>
                    </div>
                }
                    .into_any()
            }
        })}
    }
    .into_any()
}

/// What the server says is wrong with the agent's phone or session.
fn shortcoming(ui: Ui) -> Option<Notice> {
    match ui.desk.standing.get() {
        Standing::Ending => Some(SESSION_ENDED_IN_CALL),
        Standing::SignedIn(SignedIn { phone, .. }) => match phone {
            Equipment::Unknown(why) | Equipment::None(why, _) => Some(why),
            Equipment::Asking | Equipment::Here(_) => None,
        },
        Standing::Unreachable => Some(UNREACHABLE),
        Standing::Asking
        | Standing::Absent
        | Standing::SignedOut(_)
        | Standing::SigningIn
        | Standing::SigningOut
        | Standing::Untold => None,
    }
}

/// Tells a screen reader how the call stands. Always in the page, so that every change is read.
#[component]
fn Announcer(ui: Ui) -> AnyView {
    let text = ui.part(|view| match (&view.call, &view.ended) {
        (Some(call), _) if call.held_by_peer => {
            fill("{0} put you on hold.", &[&words::peer_title(&call.peer)])
        }
        (Some(call), _) => [
            words::call_state(call.state),
            ": ",
            &words::peer_title(&call.peer),
        ]
        .concat(),
        (None, Some(ended)) => t(&Notice::from(&ended.reason).title).to_owned(),
        (None, None) => String::new(),
    });
    view! { <p class="unseen" aria-live="polite">{text}</p> }.into_any()
}

/// Moves the clock four times a second while a timer runs, else now and then for the ages of missed calls.
fn run_clock(ui: Ui) {
    let fast = ui.part(|view| {
        matches!(view.link, LinkView::Waiting { .. })
            || view.call.as_ref().is_some_and(|call| call.established.is_some())
    });
    Effect::new(move |_| {
        let period = Duration::from_millis(if fast.get() { 250 } else { 20_000 });
        ui.clock.set(ui.desk.now());
        if let Ok(ticking) = set_interval_with_handle(move || ui.clock.set(ui.desk.now()), period) {
            on_cleanup(move || ticking.clear());
        }
    });
}
