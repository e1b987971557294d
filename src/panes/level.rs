//! How loud the microphone is, while somebody looks.

use leptos::prelude::*;
use softphone::devices::Role;
use softphone::language::{fill, t};
use softphone::notices::Notice;
use softphone::readiness::VOICE;
use softphone::statistics::decimal;
use softphone::web::meter::{Meter, SILENCE};
use softphone::web::{clock, spawn};

use crate::board::Board;
use crate::elements::live::{live, nothing, text};
use crate::elements::notice;

/// Between looks, ms.
const PACE: u32 = 80;
/// The quietest the bar shows, dB.
const FLOOR: f64 = -70.0;
/// Looks for which a voice counts as just heard.
const LASTS: u8 = 12;

/// ```text
/// Opening --> Listening <--> Heard         Failed: no microphone opens
/// ```
#[derive(Clone, PartialEq)]
enum Stage {
    /// The microphone is being opened.
    Opening,
    /// It is open; nobody has spoken yet, or for a while.
    Listening,
    /// A voice was heard just now.
    Heard,
    /// It does not open.
    Failed(Notice),
}

/// The bar, and in words whether anything is heard.
#[component]
pub(crate) fn Level(board: Board) -> AnyView {
    let level = RwSignal::new(SILENCE);
    let stage = RwSignal::new(Stage::Opening);
    let device = RwSignal::new(String::new());
    // Another microphone is another listening; the one before ends when it sees that the turn has passed.
    let turn = RwSignal::new(0_u32);
    let chosen = Memo::new(move |_| {
        let id = board
            .devices
            .choice
            .with(|choice| choice.of(Role::Microphone).map(|device| device.id.clone()));
        (id, board.devices.clean.get())
    });
    Effect::new(move |_| {
        chosen.with(|_| ());
        turn.update(|turn| *turn += 1);
        spawn(listen(board, turn, level, stage, device));
    });
    let words = Memo::new(move |_| match stage.get() {
        Stage::Opening => t("Opening the microphone").to_owned(),
        Stage::Listening => fill("{0}: say something", &[&device.get()]),
        Stage::Heard => fill("{0} hears you", &[&device.get()]),
        Stage::Failed(_) => String::new(),
    });
    let failed = Memo::new(move |_| match stage.get() {
        Stage::Failed(why) => Some(why),
        Stage::Opening | Stage::Listening | Stage::Heard => None,
    });
    live(move || match failed.get() {
        Some(why) => notice::told(&why, "bad", true, nothing()),
        None => view! {
            <div class="level">
                <meter
                    aria-label=t("Level of the microphone")
                    min=decimal(0.0, 0)
                    max=decimal(-FLOOR, 0)
                    value=text(move || decimal(level.get() - FLOOR, 0))
                ></meter>
                <p class="hint">{text(move || words.get())}</p>
            </div>
        }
        .into_any(),
    })
}

async fn listen(
    board: Board,
    turn: RwSignal<u32>,
    level: RwSignal<f64>,
    stage: RwSignal<Stage>,
    device: RwSignal<String>,
) {
    let mine = turn.get_untracked();
    let opened = Meter::open().await;
    // Folded up meanwhile: its signals are no more.
    let current = move || turn.try_get_untracked() == Some(mine);
    if !current() {
        return;
    }
    let meter = match opened {
        Ok(Some(meter)) => meter,
        Ok(None) => return,
        Err(fault) => return stage.set(Stage::Failed(Notice::from(&fault))),
    };
    device.set(meter.device());
    // Only now are there names, if the question was asked here.
    if board.devices.present.with_untracked(Vec::is_empty) {
        board.devices.look(board).await;
    }
    let mut rests = 0_u8;
    while current() {
        let now = meter.level();
        level.set(now);
        rests = if now > VOICE {
            LASTS
        } else {
            rests.saturating_sub(1)
        };
        let next = if rests > 0 { Stage::Heard } else { Stage::Listening };
        if stage.with_untracked(|stage| *stage != next) {
            stage.set(next);
        }
        clock::sleep(PACE).await;
    }
}
