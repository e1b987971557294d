//! What the page has said, as signals, and where each pane is drawn.

use std::cell::OnceCell;

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use phone::Millis;
use phone::view::MissedView;
use softphone::companion::{Past as PastCall, Policy};
use softphone::panes_wire::{Asker, Demo, FromPanes, ToPanes};
use softphone::web::ask::{self, Reply};
use softphone::web::port::{Ends, Port};
use softphone::web::{Listener, clock, language, panes, panic, screen, spawn};

use crate::alert;
use crate::caller::{About, Line};
use crate::cleaning::Cleaning;
use crate::demo::Panel;
use crate::devices::Devices;
use crate::drafts;
use crate::equipment::{Beside, Equipment};
use crate::headset_buttons::Headset;
use crate::judge;
use crate::languages::Languages;
use crate::missed::Missed;
use crate::past::{Calls, Past};
use crate::preview;
use crate::rating::{Rateable, Rating};
use crate::shift::{self, Shift, StartShift};
use crate::sound::{Figures, Sound, Warning};
use crate::wrap_up::{self, AfterCall, Wrap};

/// Before each question for the policy, ms.
const WAITS: [u32; 5] = [0, 1_000, 4_000, 15_000, 60_000];
/// How often ages such as "5 min ago" move on, ms.
const TICK: u32 = 20_000;

/// What every pane is given.
#[derive(Clone, Copy)]
pub(crate) struct Board {
    /// Calls nobody answered.
    pub(crate) missed: RwSignal<Vec<MissedView>>,
    /// Past calls, as far as they were read.
    pub(crate) past: Past,
    /// The call whose details are open.
    pub(crate) opened: RwSignal<Option<PastCall>>,
    /// The agent who is signed in; empty if nobody is.
    pub(crate) agent: RwSignal<String>,
    /// Calls with a note of this agent that is not saved, as far as no editor has it open.
    pub(crate) unsaved: RwSignal<Vec<String>>,
    /// What the admin's policy says.
    pub(crate) policy: RwSignal<Policy>,
    /// The demo's panel.
    pub(crate) demo: RwSignal<Option<Demo>>,
    /// Who is at the other end of the call that rings or goes on.
    pub(crate) line: Line,
    /// What stands in the field *Number*.
    pub(crate) typed: StoredValue<String>,
    /// Waits for the first touch of a page that is allowed all but to sound.
    pub(crate) touches: StoredValue<Option<[Listener; 2]>, LocalStorage>,
    /// How the shift stands.
    pub(crate) shift: RwSignal<Shift>,
    /// The call to be wrapped up.
    pub(crate) wrap: RwSignal<Option<Wrap>>,
    /// How the call under way sounds.
    pub(crate) sound: Sound,
    /// The call that may be rated.
    pub(crate) over: RwSignal<Option<Rateable>>,
    /// The agent's microphone, speaker and ringer.
    pub(crate) devices: Devices,
    /// The buttons and lights of the agent's headset.
    pub(crate) headset: Headset,
    /// Taking noise out of the microphone's sound.
    pub(crate) cleaning: Cleaning,
    /// The time, for ages.
    pub(crate) clock: RwSignal<Millis>,
    page: StoredValue<Option<Port>, LocalStorage>,
}

impl Board {
    /// Says something to the page.
    pub(crate) fn say(self, message: &FromPanes) {
        self.page.with_value(|page| {
            if let Some(page) = page {
                page.send(message);
            }
        });
    }

    /// Has the page call somebody.
    pub(crate) fn dial(self, target: &str) {
        self.say(&FromPanes::Dial(target.to_owned()));
    }

    /// Opens the details of a call.
    pub(crate) fn open(self, call: PastCall) {
        self.opened.set(Some(call));
    }

    /// Closes them; the list is back as it was, its row with the focus.
    pub(crate) fn close(self) {
        self.opened.set(None);
        if let Some(desk) = panes::element(panes::DESK) {
            screen::focus_soon(desk, ".windowed button[tabindex='0']".to_owned());
        }
    }

    /// From now on the server is asked in this name.
    fn ask_as(self, asker: Option<Asker>) {
        ask::keep_bearer(asker.as_ref().and_then(|asker| asker.bearer.clone()));
        let run = asker.as_ref().map(|asker| asker.run);
        if run != self.past.run() {
            self.opened.set(None);
            let agent = asker.map(|asker| asker.agent).unwrap_or_default();
            self.unsaved.set(match run {
                Some(_) => drafts::calls(&agent),
                None => Vec::new(),
            });
            self.agent.set(agent);
            self.wrap.set(None);
            self.over.set(None);
            self.policy.set(Policy::default());
            self.shift.set(Shift::Unknown);
            if run.is_some() {
                spawn(self.read_policy());
            }
        }
        self.past.follow(self, run);
    }

    /// Until the server has said what it is, or somebody else is signed in.
    async fn read_policy(self) {
        let run = self.past.run();
        for wait in WAITS {
            clock::sleep(wait).await;
            let reply = ask::get("/api/phone").await;
            if self.past.run() != run {
                return;
            }
            if let Reply::Said(said) = reply {
                self.policy.set(Policy::read(&said));
                break;
            }
        }
        // By the policy's rules.
        wrap_up::resume(self);
        // Somebody without a phone has no shift to begin.
        if !self.agent.with_untracked(String::is_empty) {
            shift::look(self).await;
        }
    }

    /// The first second of a call carried here has been heard.
    fn call_is_up(self) {
        // A question about the call before is late once another is up.
        if self.over.with_untracked(Option::is_some) {
            self.over.set(None);
        }
        // The first call may have brought the permission to know their names.
        if self.devices.present.with_untracked(Vec::is_empty) {
            spawn(self.devices.look(self));
        }
    }

    fn hear(self, message: ToPanes) {
        // Ages count from now on, however long the timer is yet to sleep.
        self.clock.set(clock::now());
        match message {
            ToPanes::Missed(missed) => self.missed.set(missed),
            ToPanes::Past(asker) => self.ask_as(asker),
            ToPanes::Leaving(true) => {
                let agent = self.agent.get_untracked();
                drafts::forget_all(&agent);
                wrap_up::forget(&agent);
            }
            // The link's business.
            ToPanes::Leaving(false) | ToPanes::SignedOut(_) => {}
            ToPanes::Demo(demo) => self.demo.set(demo),
            ToPanes::Call(call) => self.line.hear(self, call),
            ToPanes::Typed(typed) => preview::hear(self, typed),
            ToPanes::Over(over) => {
                // Elsewhere another tab carried it, and asks.
                if let Some(judged) = self.sound.judged(over.id) {
                    wrap_up::begin(self, &over);
                    self.over.set(Some(Rateable { over, judged }));
                }
            }
        }
    }
}

/// What lives as long as the page.
struct Kept {
    _alerts: Option<Listener>,
    _owner: Owner,
    _panes: Vec<UnmountHandle<<AnyView as Render>::State>>,
}

thread_local! {
    static KEPT: OnceCell<Kept> = const { OnceCell::new() };
}

/// Draws all panes, and begins to listen.
pub(crate) fn open(ends: Ends) {
    panic::show_in_console();
    language::install();
    let owner = Owner::new();
    owner.set();
    let board = Board {
        missed: RwSignal::new(Vec::new()),
        past: Past::nothing(),
        opened: RwSignal::new(None),
        agent: RwSignal::new(String::new()),
        unsaved: RwSignal::new(Vec::new()),
        policy: RwSignal::new(Policy::default()),
        demo: RwSignal::new(None),
        line: Line::free(),
        typed: StoredValue::new(String::new()),
        touches: StoredValue::new_local(None),
        shift: RwSignal::new(Shift::Unknown),
        wrap: RwSignal::new(None),
        sound: Sound::nothing(),
        over: RwSignal::new(None),
        devices: Devices::unknown(),
        headset: Headset::none(),
        cleaning: Cleaning::off(),
        clock: RwSignal::new(clock::now()),
        page: StoredValue::new_local(None),
    };
    let below = move || {
        view! {
            <StartShift board/>
            <AfterCall board/>
            <Rating board/>
            <Missed board/>
            <Equipment board beside=Beside::Pad/>
            <Languages/>
        }
        .into_any()
    };
    let sound = move || view! { <Warning board/> }.into_any();
    let call =
        move || view! { <About board/> <Figures board/> <Equipment board beside=Beside::Call/> }.into_any();
    let desk = move || view! { <Calls board/> }.into_any();
    let beside = move || view! { <Panel board/> }.into_any();
    let kept = Kept {
        _owner: owner,
        _panes: [
            panes::element(panes::SOUND).map(|element| mount_to(element, sound)),
            panes::element(panes::CALL).map(|element| mount_to(element, call)),
            panes::element(panes::BELOW).map(|element| mount_to(element, below)),
            panes::element(panes::DESK).map(|element| mount_to(element, desk)),
            panes::element(panes::BESIDE).map(|element| mount_to(element, beside)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        // After the first drawing, which makes effects run.
        _alerts: alert::follow(board),
    };
    board
        .page
        .set_value(Some(Port::open(ends, move |message| board.hear(message))));
    judge::follow(board);
    let heard = board.sound.is_heard();
    Effect::new(move |_| {
        if heard.get() {
            board.call_is_up();
        }
    });
    board.devices.follow(board);
    board.headset.follow(board);
    if board.devices.clean.get_untracked() {
        spawn(board.cleaning.begin(board));
    }
    KEPT.with(|cell| {
        // Opened once by each program: a second opening is another program.
        let _ = cell.set(kept);
    });
    spawn(async move {
        loop {
            clock::sleep(TICK).await;
            board.clock.set(clock::now());
        }
    });
}
