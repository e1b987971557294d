//! Judges how the call sounds that this page carries: looks at its connection once a second, keeps what is shown of it, and
//! asks the page for what helps where one direction is dead.

use leptos::prelude::*;
use phone::CallId;
use quality::{Judge, Remedy, Second, Step, Summary, Trouble, Way};
use softphone::panes_wire::{FromPanes, Mend};
use softphone::support::Event;
use softphone::web::carried::Carried;
use softphone::web::{clock, spawn};

use crate::board::Board;

/// Between looks, ms.
const PACE: u32 = 1_000;

/// A second of a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sounded {
    /// Its measures.
    pub(crate) second: Second,
    /// The codec of what comes; empty while unknown.
    pub(crate) codec: String,
    /// The direction that is dead.
    pub(crate) dead: Option<Way>,
    /// The most telling of what lasts.
    pub(crate) trouble: Option<Trouble>,
}

/// A whole call, as far as it was carried here.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judged {
    /// The phone's name of it.
    pub(crate) id: CallId,
    /// The platform's id of it; empty while it has none.
    pub(crate) sid: String,
    /// The codec of what came.
    pub(crate) codec: String,
    /// How it sounded.
    pub(crate) summary: Summary,
}

/// Follows the call from its first moment to its end.
pub(crate) fn follow(board: Board) {
    let talking = board.line.talking();
    Effect::new(move |before: Option<Option<CallId>>| {
        let now = talking.get();
        let over = before.flatten().filter(|before| now != Some(*before));
        if let Some(judged) = over.and_then(|id| board.sound.judged(id)) {
            board
                .support
                .add(Event::call(&judged.sid, &judged.codec, &judged.summary));
        }
        if let Some(id) = now {
            spawn(judge(board, talking, id));
        }
        now
    });
}

async fn judge(board: Board, talking: Memo<Option<CallId>>, id: CallId) {
    let mut judge = Judge::default();
    while talking.get_untracked() == Some(id) {
        if let Some(carried) = Carried::find()
            && let Some(look) = carried.look().await
            && talking.get_untracked() == Some(id)
        {
            let verdict = judge.look(look.totals, carried.signs());
            board.sound.keep(Judged {
                id,
                // A call through the platform is known to it a little later.
                sid: board.line.sid(),
                codec: look.codec.clone(),
                summary: judge.summary(),
            });
            if let Some(verdict) = verdict {
                treat(board, id, verdict.step);
                board.sound.hear(Some(Sounded {
                    second: verdict.second,
                    codec: look.codec,
                    dead: verdict.dead,
                    trouble: verdict.troubles.first().copied(),
                }));
            }
        }
        clock::sleep(PACE).await;
    }
    // Another call may be judged by now.
    if talking.get_untracked().is_none() {
        board.sound.hear(None);
    }
}

/// Has the page do what a step asks for.
fn treat(board: Board, id: CallId, step: Option<Step>) {
    let (way, remedy) = match step {
        Some(Step::Named(way, remedy) | Step::Try(way, remedy)) => (way, remedy),
        Some(Step::Hopeless(_) | Step::Healed(_)) | None => return,
    };
    board.say(&match (remedy, way) {
        (Remedy::Track, Way::In) => FromPanes::Mend(id, Mend::Play),
        // Our own sound begins at the microphone: it is opened anew.
        (Remedy::Track, Way::Out | Way::Microphone) => FromPanes::Devices { microphone: true },
        (Remedy::Restart, _) => FromPanes::Mend(id, Mend::Path),
    });
}
