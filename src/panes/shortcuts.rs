//! Keys for what an agent does all day, heard outside of fields; the agent may choose others (`src/keys.rs`).

use leptos::prelude::*;
use softphone::keys::{Deed, Keys, Unfit};
use softphone::panes_wire::FromPanes;
use softphone::web::page::{self, Key};
use softphone::web::{Listener, memory};

use crate::board::Board;

/// Where the agent's own keys are kept.
const KEPT: &str = "keys";

/// What the next key is for.
///
/// ```text
///  Act ──Change──► Learn ──a fitting key──► Act
///   ▲                │ ▲
///   └──Escape────────┘ └──Refused ◄──one that does not fit──
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It does what it is for.
    Act,
    /// It will do this from now on.
    Learn(Deed),
    /// The same, after one that does not fit.
    Refused(Deed, Unfit),
}

/// The keys of this agent.
#[derive(Clone, Copy)]
pub(crate) struct Shortcuts {
    /// Which there are.
    pub(crate) keys: RwSignal<Keys>,
    /// What the next one is for.
    pub(crate) mode: RwSignal<Mode>,
    /// The list is open.
    pub(crate) open: RwSignal<bool>,
}

impl Shortcuts {
    /// As they were chosen last.
    pub(crate) fn remembered() -> Self {
        let keys = memory::text(KEPT).map_or_else(Keys::default, |kept| Keys::read(&kept));
        Self {
            keys: RwSignal::new(keys),
            mode: RwSignal::new(Mode::Act),
            open: RwSignal::new(false),
        }
    }

    /// Hears the keyboard as long as what is returned is kept.
    pub(crate) fn follow(self, board: Board) -> Listener {
        page::on_key(move |key| match self.mode.get_untracked() {
            Mode::Act => self.act(board, &key),
            Mode::Learn(deed) | Mode::Refused(deed, _) => self.learn(deed, &key),
        })
    }

    fn act(self, board: Board, key: &Key) -> bool {
        if key.typing || key.command || key.repeat {
            return false;
        }
        let Some(deed) = self.keys.with_untracked(|keys| keys.deed(&key.key)) else {
            return false;
        };
        let call = board.line.call().get_untracked();
        let message = match (deed, call) {
            (Deed::Number, None) => {
                page::focus("number");
                return true;
            }
            (Deed::Search, _) => {
                page::focus("past-search");
                return true;
            }
            (Deed::Sheet, _) => {
                self.open.update(|open| *open = !*open);
                return true;
            }
            (Deed::Answer, Some(call)) if call.ringing => FromPanes::Answer(call.id),
            (Deed::Decline, Some(call)) if call.ringing => FromPanes::Decline(call.id),
            (Deed::HangUp, Some(call)) if !call.ringing => FromPanes::HangUp(call.id),
            (Deed::Mute, Some(call)) if !call.ringing => FromPanes::Mute(call.id, !call.muted),
            (Deed::Hold, Some(call)) if !call.ringing => FromPanes::Hold(call.id, !call.held),
            (Deed::Number | Deed::Answer | Deed::Decline | Deed::HangUp | Deed::Mute | Deed::Hold, _) => {
                return false;
            }
        };
        board.say(&message);
        true
    }

    fn learn(self, deed: Deed, key: &Key) -> bool {
        match key.key.as_str() {
            "Escape" => self.mode.set(Mode::Act),
            "Backspace" | "Delete" => self.keep(|keys| keys.take(deed)),
            // On the way to another key, or to another place.
            "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "Tab" | "Enter" | " " => return false,
            sign => match self.keys.get_untracked().give(deed, sign) {
                Ok(()) => self.keep(|keys| {
                    // Just tried on a copy.
                    let _ = keys.give(deed, sign);
                }),
                Err(why) => self.mode.set(Mode::Refused(deed, why)),
            },
        }
        true
    }

    /// The usual keys again.
    pub(crate) fn reset(self) {
        self.keep(|keys| *keys = Keys::default());
    }

    fn keep(self, change: impl FnOnce(&mut Keys)) {
        self.keys.update(change);
        self.mode.set(Mode::Act);
        memory::keep(KEPT, &self.keys.with_untracked(Keys::kept));
    }
}
