//! What the page has said, as signals, and where each pane is drawn.

use std::cell::OnceCell;

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use phone::Millis;
use phone::view::MissedView;
use softphone::panes_wire::{Demo, FromPanes, Over, ToPanes};
use softphone::web::port::{Ends, Port};
use softphone::web::{ask, clock, panes, panic};

use crate::demo::Panel;
use crate::missed::Missed;
use crate::past::{Past, Recents};
use crate::rating::Rating;
use crate::sound::{Figures, Sound};

/// How often ages such as "5 min ago" move on, ms.
const TICK: u32 = 20_000;

/// What every pane is given.
#[derive(Clone, Copy)]
pub(crate) struct Board {
    /// Calls nobody answered.
    pub(crate) missed: RwSignal<Vec<MissedView>>,
    /// Past calls, as far as they were read.
    pub(crate) past: Past,
    /// The demo's panel.
    pub(crate) demo: RwSignal<Option<Demo>>,
    /// How the call under way sounds.
    pub(crate) sound: Sound,
    /// The call that may be rated.
    pub(crate) over: RwSignal<Option<Over>>,
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

    fn hear(self, message: ToPanes) {
        // Ages count from now on, however long the timer is yet to sleep.
        self.clock.set(clock::now());
        match message {
            ToPanes::Missed(missed) => self.missed.set(missed),
            ToPanes::Past(asker) => {
                ask::keep_bearer(asker.as_ref().and_then(|asker| asker.bearer.clone()));
                self.past.follow(self, asker.map(|asker| asker.run));
            }
            ToPanes::Demo(demo) => self.demo.set(demo),
            ToPanes::Sound(sounded) => {
                // A question about the call before is late once another is up.
                if sounded.is_some() && self.over.with_untracked(Option::is_some) {
                    self.over.set(None);
                }
                self.sound.hear(sounded.map(|sounded| *sounded));
            }
            ToPanes::Over(over) => self.over.set(Some(*over)),
        }
    }
}

/// What lives as long as the page.
struct Kept {
    _owner: Owner,
    _panes: Vec<UnmountHandle<<AnyView as Render>::State>>,
}

thread_local! {
    static KEPT: OnceCell<Kept> = const { OnceCell::new() };
}

/// Draws all panes, and begins to listen.
pub(crate) fn open(ends: Ends) {
    panic::show_in_console();
    let owner = Owner::new();
    owner.set();
    let board = Board {
        missed: RwSignal::new(Vec::new()),
        past: Past::nothing(),
        demo: RwSignal::new(None),
        sound: Sound::nothing(),
        over: RwSignal::new(None),
        clock: RwSignal::new(clock::now()),
        page: StoredValue::new_local(None),
    };
    let below = move || view! { <Rating board/> <Missed board/> <Recents board/> }.into_any();
    let call = move || view! { <Figures board/> }.into_any();
    let beside = move || view! { <Panel board/> }.into_any();
    let kept = Kept {
        _owner: owner,
        _panes: [
            panes::element(panes::CALL).map(|element| mount_to(element, call)),
            panes::element(panes::BELOW).map(|element| mount_to(element, below)),
            panes::element(panes::BESIDE).map(|element| mount_to(element, beside)),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    board
        .page
        .set_value(Some(Port::open(ends, move |message| board.hear(message))));
    KEPT.with(|cell| {
        // Opened once by each program: a second opening is another program.
        let _ = cell.set(kept);
    });
    softphone::web::spawn(async move {
        loop {
            clock::sleep(TICK).await;
            board.clock.set(clock::now());
        }
    });
}
