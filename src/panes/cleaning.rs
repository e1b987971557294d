//! Taking noise out of what the microphone hears: wanted or not, and what has become of it.

use leptos::prelude::*;
use softphone::language::t;
use softphone::notices::Notice;
use softphone::notices::devices::{NO_SUPPRESSION, TOO_SLOW};
use softphone::web::denoise::{Denoiser, Said};
use softphone::web::spawn;

use crate::board::Board;
use crate::elements::live::{maybe, nothing, press, text};
use crate::elements::notice;

/// ```text
///  Off --wanted--> Loading --> Ready --sound goes through it--> On
///   ^                 |          |                              |
///   +-- not wanted ---+----------+------------------------------+
///   +-- Failed, TooSlow: the next press tries again
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Not wanted.
    Off,
    /// Its program is being fetched.
    Loading,
    /// It is there for the next microphone.
    Ready,
    /// Sound goes through it.
    On,
    /// It does not load.
    Failed,
    /// This machine has not the time for it.
    TooSlow,
}

/// The suppression of this page.
#[derive(Clone, Copy)]
pub(crate) struct Cleaning {
    stage: RwSignal<Stage>,
    /// Counts beginnings and ends: what an earlier one fetched is not used.
    turn: StoredValue<u32>,
    denoiser: StoredValue<Option<Denoiser>, LocalStorage>,
}

impl Cleaning {
    /// Not wanted so far.
    pub(crate) fn off() -> Self {
        Self {
            stage: RwSignal::new(Stage::Off),
            turn: StoredValue::new(0),
            denoiser: StoredValue::new_local(None),
        }
    }

    /// Fetches the program; the microphone goes through it from then on.
    pub(crate) async fn begin(self, board: Board) {
        self.stage.set(Stage::Loading);
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        let told = Denoiser::open(move |said| match said {
            Said::On => self.stage.set(Stage::On),
            Said::TooSlow => {
                self.stop(board);
                self.stage.set(Stage::TooSlow);
            }
            Said::Failed => {
                self.stop(board);
                self.stage.set(Stage::Failed);
            }
        });
        let denoiser = told.await;
        if self.turn.get_value() != turn {
            return;
        }
        let loaded = denoiser.is_some();
        self.denoiser.set_value(denoiser);
        self.stage.set(if loaded { Stage::Ready } else { Stage::Failed });
        board.devices.clean(board, loaded);
    }

    /// Another tab has switched it on or off.
    pub(crate) fn follow(self, board: Board, clean: bool) {
        let on = matches!(
            self.stage.get_untracked(),
            Stage::Loading | Stage::Ready | Stage::On
        );
        if clean && !on {
            spawn(self.begin(board));
        } else if !clean && on {
            self.stop(board);
        }
    }

    fn stop(self, board: Board) {
        self.stage.set(Stage::Off);
        self.turn.update_value(|turn| *turn += 1);
        self.denoiser.set_value(None);
        board.devices.clean(board, false);
    }

    fn press(self, board: Board) {
        match self.stage.get_untracked() {
            Stage::Off | Stage::Failed | Stage::TooSlow => spawn(self.begin(board)),
            Stage::Loading | Stage::Ready | Stage::On => self.stop(board),
        }
    }
}

/// The switch, and what to say of it.
#[component]
pub(crate) fn Switch(board: Board) -> AnyView {
    let Cleaning { stage, .. } = board.cleaning;
    let wanted = Memo::new(move |_| matches!(stage.get(), Stage::Loading | Stage::Ready | Stage::On));
    let hint = text(move || {
        let hint = match stage.get() {
            Stage::Off => t("Takes typing, fans and voices of the room out of what others hear."),
            Stage::Loading => t("Fetching it"),
            Stage::Ready => t("Works from the next use of the microphone on."),
            Stage::On => t("Others hear you without the noise around you."),
            Stage::Failed | Stage::TooSlow => "",
        };
        hint.to_owned()
    });
    let why = move || {
        let why: Notice = match stage.get() {
            Stage::Failed => NO_SUPPRESSION,
            Stage::TooSlow => TOO_SLOW,
            Stage::Off | Stage::Loading | Stage::Ready | Stage::On => return None,
        };
        Some(notice::told(&why, "wait", true, nothing()))
    };
    view! {
        <div class="cleaning">
            <button
                type="button"
                class="issue"
                aria-pressed=text(move || wanted.get().to_string())
                on:click=press(move || board.cleaning.press(board))
            >
                {t("Noise suppression")}
            </button>
            <p class="hint" role="status">{hint}</p>
        </div>
        {maybe(why)}
    }
    .into_any()
}
