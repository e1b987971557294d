//! What the page has said, as signals, and where each pane is drawn.

use std::cell::OnceCell;

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use phone::Millis;
use phone::view::MissedView;
use softphone::companion::{Past as PastCall, Policy};
use softphone::panes_wire::{Asker, Demo, FromPanes, Registration, ToPanes};
use softphone::web::ask::{self, Reply};
use softphone::web::port::{Ends, Port};
use softphone::web::{Listener, clock, language, panes, panic, screen, spawn};

use crate::alert;
use crate::caller::{About, Line};
use crate::checks::ReadinessTest;
use crate::cleaning::Cleaning;
use crate::demo::Panel;
use crate::devices::Devices;
use crate::drafts;
use crate::elements::live::maybe;
use crate::equipment::{Beside, Equipment};
use crate::headset_buttons::Headset;
use crate::judge;
use crate::key_sheet::KeySheet;
use crate::languages::Languages;
use crate::missed::Missed;
use crate::past::{Calls, Past};
use crate::preview;
use crate::rating::{Rateable, Rating};
use crate::readiness::Readiness;
use crate::shift::{self, Shift, StartShift};
use crate::shortcuts::Shortcuts;
use crate::sound::{Figures, Sound, Warning};
use crate::support::{Help, Support};
use crate::unsaved::Leaving;
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
    /// How the registration stands.
    pub(crate) registration: RwSignal<Registration>,
    /// The test before the shift.
    pub(crate) readiness: Readiness,
    /// How the shift stands.
    pub(crate) shift: RwSignal<Shift>,
    /// Whether the agent wants to sign out in spite of notes that are not saved is being asked.
    pub(crate) leaving: RwSignal<bool>,
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
    /// The keys that do what an agent does all day.
    pub(crate) shortcuts: Shortcuts,
    /// Taking noise out of the microphone's sound.
    pub(crate) cleaning: Cleaning,
    /// What support may ask for.
    pub(crate) support: Support,
    /// The time, for ages.
    pub(crate) clock: RwSignal<Millis>,
    /// See [`Asker::after`].
    gaps: StoredValue<u32>,
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
        let gaps = asker.as_ref().map_or(0, |asker| asker.after.0);
        let before = self.gaps.get_value();
        self.gaps.set_value(gaps);
        let missed = gaps != before;
        if missed && run.is_some() && run == self.past.run() {
            // It may be the policy that has changed.
            spawn(async move {
                self.ask_for_policy().await;
            });
        }
        if run != self.past.run() {
            self.opened.set(None);
            let agent = asker.map(|asker| asker.agent).unwrap_or_default();
            self.unsaved.set(match run {
                Some(_) => drafts::calls(&agent),
                None => Vec::new(),
            });
            self.leaving.set(false);
            self.readiness.of(&agent);
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

    /// Until the server has said what it is; false if somebody else is signed in then.
    async fn ask_for_policy(self) -> bool {
        let run = self.past.run();
        for wait in WAITS {
            clock::sleep(wait).await;
            let reply = ask::get("/api/phone").await;
            if self.past.run() != run {
                return false;
            }
            if let Reply::Said(said) = reply {
                self.policy.set(Policy::read(&said));
                break;
            }
        }
        true
    }

    async fn read_policy(self) {
        if !self.ask_for_policy().await {
            return;
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
        match message {
            ToPanes::Missed(missed) => {
                // Ages count from now on, however long the timer is yet to sleep.
                self.clock.set(clock::now());
                self.missed.set(missed);
            }
            ToPanes::Past(asker) => self.ask_as(asker),
            ToPanes::Leaving => self.leaving.set(true),
            // The link's business.
            ToPanes::SignedOut(_) => {}
            ToPanes::Demo(demo) => self.demo.set(demo),
            ToPanes::Registration(now) => self.registration.set(now),
            ToPanes::Call(call) => self.line.hear(self, call),
            ToPanes::Typed(typed) => preview::hear(self, typed),
            ToPanes::Over(over) => {
                // Elsewhere another tab carried it, and asks.
                let judged = self.sound.judged(over.id);
                if let Some(judged) = judged.filter(|_| !self.readiness.is_its_call(over.id)) {
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
    _keys: Listener,
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
        registration: RwSignal::new(Registration::default()),
        readiness: Readiness::untested(),
        shift: RwSignal::new(Shift::Unknown),
        leaving: RwSignal::new(false),
        wrap: RwSignal::new(None),
        sound: Sound::nothing(),
        over: RwSignal::new(None),
        devices: Devices::unknown(),
        headset: Headset::none(),
        shortcuts: Shortcuts::remembered(),
        cleaning: Cleaning::off(),
        support: Support::nothing(),
        clock: RwSignal::new(clock::now()),
        gaps: StoredValue::new(0),
        page: StoredValue::new_local(None),
    };
    let below = move || {
        view! {
            <AfterCall board/>
            <Rating board/>
            <Missed board/>
            <ReadinessTest board/>
            <Equipment board beside=Beside::Pad/>
            <Help board/>
            <KeySheet board/>
            <Languages/>
        }
        .into_any()
    };
    let above = move || view! { <Leaving board/> <StartShift board/> <Warning board/> }.into_any();
    let talking = board.line.is_talking();
    let call = move || {
        let tools = move || {
            // While it rings they stand below the dial pad.
            talking.get().then(|| {
                view! { <Figures board/> <Equipment board beside=Beside::Call/> <KeySheet board/> }.into_any()
            })
        };
        view! { <About board/> {maybe(tools)} }.into_any()
    };
    let desk = move || view! { <Calls board/> }.into_any();
    let beside = move || view! { <Panel board/> }.into_any();
    let kept = Kept {
        _owner: owner,
        _panes: [
            panes::element(panes::ABOVE).map(|element| mount_to(element, above)),
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
        _keys: board.shortcuts.follow(board),
    };
    board
        .page
        .set_value(Some(Port::open(ends, move |message| board.hear(message))));
    judge::follow(board);
    board.support.follow(board);
    shift::tell(board);
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
