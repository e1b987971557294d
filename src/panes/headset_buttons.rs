//! The buttons and lights of the agent's headset: connected once with a press, in use from then on whenever it is plugged in.

use headset::{Headset as Reports, Line, Press};
use leptos::prelude::*;
use softphone::language::{fill, t};
use softphone::notices::Notice;
use softphone::notices::devices::HEADSET_CLOSED;
use softphone::panes_wire::{FromPanes, OnCall};
use softphone::web::hid::{self, Device, Lights, Opened};
use softphone::web::locks::{self, Held};
use softphone::web::{Listener, spawn};

use crate::board::Board;
use crate::elements::live::{maybe, nothing, press, text};
use crate::elements::notice;

/// The tab that holds it has the headset: two would answer one press.
const LOCK: &str = "headset";

/// ```text
///  Absent: the browser has no WebHID
///  None --press--> Asking --chosen--> Open --unplugged--> None
///   ▲                |  |              ▲
///   +-- none chosen -+  +--> Failed    +--- plugged in, and chosen before
/// ```
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    /// This browser knows no headsets.
    Absent,
    /// None is in use.
    None,
    /// The browser asks which.
    Asking,
    /// The one of this name.
    Open(String),
    /// It cannot be opened.
    Failed(Notice),
}

/// The headset of this page.
#[derive(Clone, Copy)]
pub(crate) struct Headset {
    stage: RwSignal<Stage>,
    used: StoredValue<Option<InUse>, LocalStorage>,
    kept: StoredValue<Option<(Listener, Option<Held>)>, LocalStorage>,
}

struct InUse {
    device: Device,
    reports: Reports<Lights>,
    _listener: Listener,
    _opened: Opened,
}

impl Headset {
    /// None yet.
    pub(crate) fn none() -> Self {
        let stage = if hid::is_there() {
            Stage::None
        } else {
            Stage::Absent
        };
        Self {
            stage: RwSignal::new(stage),
            used: StoredValue::new_local(None),
            kept: StoredValue::new_local(None),
        }
    }

    /// Uses a headset that was chosen before, now and whenever it is plugged in, and shows the line on it.
    pub(crate) fn follow(self, board: Board) {
        if !hid::is_there() {
            return;
        }
        let call = board.line.call();
        Effect::new(move |_| {
            let line = call.with(|call| line(call.as_ref()));
            self.used.update_value(|used| {
                if let Some(used) = used {
                    used.reports.show(line);
                }
            });
        });
        spawn(async move {
            // Waits until no other tab has it.
            let held = locks::acquire(LOCK).await;
            let Some(changes) = hid::on_change(move || spawn(self.find(board))) else {
                return;
            };
            self.kept.set_value(Some((changes, held)));
            self.find(board).await;
        });
    }

    /// The person chooses.
    async fn choose(self, board: Board) {
        let asking = hid::ask();
        self.stage.set(Stage::Asking);
        let chosen = asking.await;
        if chosen.is_empty() {
            self.stage.set(Stage::None);
        }
        self.open(board, chosen).await;
    }

    /// Looks again which there are: the one in use may be gone, or another one here.
    async fn find(self, board: Board) {
        let there = hid::granted().await;
        let still = self
            .used
            .with_value(|used| used.as_ref().is_some_and(|used| there.contains(&used.device)));
        if !still {
            self.used.set_value(None);
            self.stage.set(Stage::None);
            self.open(board, there).await;
        }
    }

    /// Opens the first of these that is a telephone.
    async fn open(self, board: Board, devices: Vec<Device>) {
        for device in devices {
            let Some(reports) = Reports::new(&device.fields(), device.lights()) else {
                continue;
            };
            let Some(opened) = device.open().await else {
                self.stage.set(Stage::Failed(HEADSET_CLOSED));
                continue;
            };
            let listener = device.on_report(move |report, bytes| self.hear(board, report, bytes));
            let name = device.name();
            let mut used = InUse {
                device,
                reports,
                _listener: listener,
                _opened: opened,
            };
            used.reports
                .show(board.line.call().with_untracked(|call| line(call.as_ref())));
            self.used.set_value(Some(used));
            return self.stage.set(Stage::Open(name));
        }
    }

    fn hear(self, board: Board, report: u8, bytes: &[u8]) {
        let pressed = self
            .used
            .try_update_value(|used| used.as_mut().and_then(|used| used.reports.hear(report, bytes)))
            .flatten();
        if let (Some(pressed), Some(OnCall { id, held, .. })) = (pressed, board.line.call().get_untracked()) {
            board.say(&match pressed {
                Press::Answer => FromPanes::Answer(id),
                Press::Decline => FromPanes::Decline(id),
                Press::HangUp => FromPanes::HangUp(id),
                Press::Mute(muted) => FromPanes::Mute(id, muted),
                Press::Hold => FromPanes::Hold(id, !held),
            });
        }
    }
}

/// What the headset is shown.
fn line(call: Option<&OnCall>) -> Line {
    match call {
        None => Line::Free,
        Some(call) if call.ringing => Line::Ringing,
        Some(call) => Line::Talking { muted: call.muted },
    }
}

/// The headset in use, or a way to connect one.
#[component]
pub(crate) fn Buttons(board: Board) -> AnyView {
    let stage = board.headset.stage;
    let connect = move || spawn(board.headset.choose(board));
    let offered = Memo::new(move |_| matches!(stage.get(), Stage::None | Stage::Asking | Stage::Failed(_)));
    let words = text(move || match stage.get() {
        Stage::Absent => {
            t("This browser cannot read the buttons of a headset; Chrome and Edge can.").to_owned()
        }
        Stage::None => t("Answer, hang up and mute with the buttons of your headset.").to_owned(),
        Stage::Asking => t("Choose it in the browser's list.").to_owned(),
        Stage::Open(name) => fill("{0}: its buttons answer, hang up and mute.", &[&name]),
        Stage::Failed(_) => String::new(),
    });
    let failed = move || match stage.get() {
        Stage::Failed(why) => Some(notice::told(&why, "wait", true, nothing())),
        Stage::Absent | Stage::None | Stage::Asking | Stage::Open(_) => None,
    };
    view! {
        <div class="headset">
            {maybe(move || offered.get().then(|| view! {
                <button type="button" class="button small" on:click=press(connect)>{t("Connect headset")}</button>
            }.into_any()))}
            <p class="hint" role="status">{words}</p>
        </div>
        {maybe(failed)}
    }
    .into_any()
}
