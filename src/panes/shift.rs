//! The start of a shift: one press that lets the page sound, asks for the microphone and for notifications, and says what was
//! refused and how to undo it.

use leptos::prelude::*;
use softphone::language::t;
use softphone::notices::{NOTIFICATIONS_BLOCKED, Notice};
use softphone::panes_wire::FromPanes;
use softphone::web::ask::{self, Reply};
use softphone::web::microphone::{self, Microphone, Permission, Watch};
use softphone::web::notify::{self, May};
use softphone::web::{clock, memory, page, spawn};

use crate::board::Board;
use crate::checks::summary;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, nothing, press, text};
use crate::elements::notice;

/// ```text
///  Unknown ──something is to be asked for──► Due ──pressed──► Asking ──► Begun
///     └──────────all is allowed──────────────────────────────────────────▲ │
///                                               ▲─────────Try again────────┘
/// ```
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Shift {
    /// Nobody is signed in, or the browser has not said what it allows.
    Unknown,
    /// To be begun.
    Due,
    /// The browser asks.
    Asking,
    /// Begun; what was refused.
    Begun(Vec<Notice>),
}

impl Shift {
    /// The agent is not ready to be rung here: something is to be asked for, or was refused and is not done without.
    fn is_due(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Due | Self::Asking => true,
            Self::Begun(refused) => !refused.is_empty(),
        }
    }
}

/// Tells the page whether this browser may ring, and the server once it may: from then on the agent is available.
pub(crate) fn tell(board: Board) {
    let due = Memo::new(move |_| board.shift.with(Shift::is_due));
    Effect::new(move |_| board.say(&FromPanes::ShiftDue(due.get())));
    let begun = Memo::new(move |_| board.shift.with(|shift| *shift == Shift::Begun(Vec::new())));
    Effect::new(move |_| {
        // Once in a session: what the agent switches afterwards outlasts a reload.
        let place = [memory::SHIFT, &board.agent.get_untracked()].concat();
        if begun.get() && memory::text(&place).is_none() {
            spawn(async move {
                // The device's own news says what has come of it.
                if let Reply::Said(_) = ask::change("POST", "/api/shift", &[]).await {
                    memory::keep(&place, &clock::now().to_string());
                }
            });
        }
    });
}

/// What is allowed already needs no press. A touch of the page is what sound needs.
pub(crate) async fn look(board: Board) {
    board.touches.set_value(None);
    let run = board.past.run();
    let watch = Watch::start(|| {}).await;
    let microphone = microphone::permission(watch.as_ref()) == Permission::Granted;
    let told = match notify::may() {
        May::Yes | May::Never => true,
        May::No | May::Ask => !board.policy.with_untracked(|policy| policy.notifications),
    };
    if board.past.run() != run {
        return;
    }
    if !(microphone && told) {
        return board.shift.set(Shift::Due);
    }
    if page::touched() {
        return board.shift.set(Shift::Begun(Vec::new()));
    }
    board.shift.set(Shift::Due);
    // Any touch will do.
    let touched = page::on_gesture(move || {
        if board.shift.with_untracked(|shift| *shift == Shift::Due) {
            board.shift.set(Shift::Begun(Vec::new()));
        }
    });
    board.touches.set_value(Some(touched));
}

async fn begin(board: Board) {
    board.shift.set(Shift::Asking);
    // Both questions begin in the press itself.
    let opening = Microphone::open();
    let wanted = board.policy.with_untracked(|policy| policy.notifications);
    let asking = wanted.then(notify::ask);
    let mut refused = Vec::new();
    if let Err(fault) = opening.await {
        refused.push(Notice::from(&fault));
    }
    if let Some(asking) = asking {
        match asking.await {
            May::Yes | May::Never | May::Ask => {}
            May::No => refused.push(NOTIFICATIONS_BLOCKED),
        }
    }
    board.shift.set(Shift::Begun(refused));
}

/// The card, until the shift has begun with all it needs, or with less and the agent has read so.
#[component]
pub(crate) fn StartShift(board: Board) -> AnyView {
    let busy = board.line.is_busy();
    maybe(move || {
        // A call has the room.
        if busy.get() {
            return None;
        }
        match board.shift.get() {
            Shift::Unknown => None,
            Shift::Due => {
                let start = press(move || spawn(begin(board)));
                let words = t(
                    "Calls do not ring in this browser yet: one press turns on the ring and asks for the microphone and notifications.",
                );
                let test = press(move || {
                    board.readiness.open.set(true);
                    spawn(board.readiness.run(board));
                });
                let action = view! {
                    <button type="button" class="button primary" on:click=start>
                        <Icon d=icon::BELL/>
                        {t("Start shift")}
                    </button>
                    <div class="last-test">
                        <p class="hint">{text(move || summary(board))}</p>
                        <button type="button" class="button quiet small" on:click=test>{t("Test my equipment")}</button>
                    </div>
                };
                Some(card(words, action.into_any()))
            }
            Shift::Asking => Some(card(
                t("Answer the browser's questions beside the page's address."),
                nothing(),
            )),
            Shift::Begun(refused) if refused.is_empty() => None,
            Shift::Begun(refused) => Some(told(board, &refused)),
        }
    })
}

fn card(words: &'static str, action: AnyView) -> AnyView {
    view! {
        <section class="shift" aria-label=t("Start of the shift")>
            <p role="status">{words}</p>
            {action}
        </section>
    }
    .into_any()
}

fn told(board: Board, refused: &[Notice]) -> AnyView {
    let notices: Vec<AnyView> = refused
        .iter()
        .map(|why| notice::told(why, "wait", true, nothing()))
        .collect();
    view! {
        <section class="shift" aria-label=t("Start of the shift")>
            {notices}
            <div class="note-end">
                <button type="button" class="button small" on:click=press(move || spawn(begin(board)))>{t("Try again")}</button>
                <button
                    type="button"
                    class="button quiet small"
                    on:click=press(move || board.shift.set(Shift::Begun(Vec::new())))
                >
                    {t("Go on without")}
                </button>
            </div>
        </section>
    }
    .into_any()
}
