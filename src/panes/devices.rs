//! The agent's microphone, speaker and ringer, as they stand: followed when a headset comes or goes.

use leptos::prelude::*;
use softphone::devices::{self, Change, Choice, Device, IN_FORCE, Memory, REMEMBERED, Role};
use softphone::panes_wire::FromPanes;
use softphone::web::clock::Timer;
use softphone::web::{Listener, clock, memory, spawn};

use crate::board::Board;

/// A headset announces itself several times; the list is read once it has settled, ms.
const SETTLES: u64 = 300;

/// What is plugged in and what is chosen.
#[derive(Clone, Copy)]
pub(crate) struct Devices {
    /// All devices, the system's aliases among them; empty while the browser tells no names.
    pub(crate) present: RwSignal<Vec<Device>>,
    /// The choice in force.
    pub(crate) choice: RwSignal<Choice>,
    /// Noise is taken out of what the microphone hears.
    pub(crate) clean: RwSignal<bool>,
    /// What has happened by itself, until the agent has read it.
    pub(crate) change: RwSignal<Option<Change>>,
    /// The text of [`IN_FORCE`] that this page goes by.
    known: StoredValue<String>,
    following: StoredValue<Option<Following>, LocalStorage>,
}

struct Following {
    _plugged: Option<Listener>,
    _other_tabs: Listener,
}

impl Devices {
    /// Nothing known yet.
    pub(crate) fn unknown() -> Self {
        Self {
            present: RwSignal::new(Vec::new()),
            choice: RwSignal::new(Choice::default()),
            clean: RwSignal::new(is_clean()),
            change: RwSignal::new(None),
            known: StoredValue::new(memory::text(IN_FORCE).unwrap_or_default()),
            following: StoredValue::new_local(None),
        }
    }

    /// Reads which there are, now and whenever that changes.
    pub(crate) fn follow(self, board: Board) {
        let timer = Timer::new(move || spawn(self.look(board)));
        let listener = softphone::web::devices::on_change(move || {
            timer.set(Some(clock::now() + SETTLES));
        });
        // A choice made in another tab holds here too, and for a call that this one carries.
        let other_tabs = memory::on_change(move |name| {
            if matches!(name, IN_FORCE | REMEMBERED) {
                spawn(self.look(board));
            }
        });
        self.following.set_value(Some(Following {
            _plugged: listener,
            _other_tabs: other_tabs,
        }));
        spawn(self.look(board));
    }

    /// Reads which there are, and uses of them what was chosen before.
    pub(crate) async fn look(self, board: Board) {
        let present = softphone::web::devices::list().await;
        // Without the permission there are no names, and nothing to know a device by.
        if present.iter().all(|device| device.label.is_empty()) {
            return;
        }
        let before = self.present.get_untracked();
        // Read each time: another tab may have chosen.
        let now = remembered().choose(&present);
        let clean = is_clean();
        if clean != self.clean.get_untracked() {
            board.cleaning.follow(board, clean);
        }
        let old = self.choice.get_untracked();
        if !before.is_empty()
            && let Some(change) = devices::change(&old, &now, &present)
        {
            self.change.set(Some(change));
        }
        // The system's own microphone has become another one: a call under way would go on with the old.
        let moved = now.of(Role::Microphone).is_none() && own(&before) != own(&present) && !before.is_empty();
        self.present.set(present);
        self.put_in_force(board, now, moved);
    }

    /// The agent has chosen.
    pub(crate) fn choose(self, board: Board, role: Role, id: &str) {
        let present = self.present.get_untracked();
        let device = present
            .iter()
            .find(|device| device.kind == role.kind() && device.id == id && !device.is_alias());
        let choice = self.choice.get_untracked().with(role, device.cloned());
        let mut kept = remembered();
        kept.keep(&present, choice.clone());
        memory::keep(REMEMBERED, &kept.write());
        self.change.set(None);
        self.put_in_force(board, choice, false);
    }

    /// Noise is taken out from now on, or not: the microphone is opened anew.
    pub(crate) fn clean(self, board: Board, clean: bool) {
        self.clean.set(clean);
        self.put_in_force(board, self.choice.get_untracked(), true);
    }

    fn put_in_force(self, board: Board, now: Choice, microphone: bool) {
        let text = now.in_force(self.clean.get_untracked());
        let before = self.known.get_value();
        let microphone = microphone || devices::opens_anew(&before, &text);
        if self.choice.with_untracked(|choice| *choice != now) {
            self.choice.set(now);
        }
        if microphone || text != before {
            memory::keep(IN_FORCE, &text);
            self.known.set_value(text);
            board.say(&FromPanes::Devices { microphone });
        }
    }
}

/// What the system's own microphone is, by Chromium's name for it.
fn own(present: &[Device]) -> Option<&str> {
    let own = present
        .iter()
        .find(|device| device.kind == devices::Kind::Input && device.id == "default")?;
    Some(&own.label)
}

fn remembered() -> Memory {
    Memory::read(&memory::text(REMEMBERED).unwrap_or_default())
}

fn is_clean() -> bool {
    let text = memory::text(IN_FORCE).unwrap_or_default();
    text.split('\n')
        .nth(devices::CLEAN)
        .is_some_and(|clean| !clean.is_empty())
}
