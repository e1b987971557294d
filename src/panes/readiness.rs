//! The test before a shift: twenty seconds, a result for each part, and what to do about it.

use leptos::prelude::*;
use phone::{CallId, MediaFault, Millis};
use softphone::devices::Role;
use softphone::language::{fill, t};
use softphone::notices::readiness::{NO_SOUND, NOT_READY};
use softphone::notices::{NOTIFICATIONS_BLOCKED, Notice};
use softphone::panes_wire::FromPanes;
use softphone::readiness::{self, Last, MEASURED, Part, VOICE, Verdict};
use softphone::web::meter::Meter;
use softphone::web::microphone::{Permission, Watch, permission};
use softphone::web::notify::{self, May};
use softphone::web::{clock, memory, rehearsal};

use crate::board::Board;

/// The echo of a sandbox.
const ECHO: &str = "1001";
/// The microphone is listened to no longer than this, in looks.
const LOOKS: u32 = 50;
/// Between looks, ms.
const PACE: u32 = 80;
/// So many loud looks are a voice, not a knock.
const LOUD: u32 = 3;
/// The test call comes up and is measured within this, ms.
const PATIENCE: Millis = 14_000;

/// What was found, part by part.
pub(crate) type Done = Vec<(Part, Verdict)>;

/// ```text
/// Idle --press--> Running: Phone, Permissions, Microphone, Speaker, Call --> Over --press--> Running
/// ```
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Not tested since the page was opened.
    Idle,
    /// This part is being tried; those before it are done.
    Running(Done, Part),
    /// All are done.
    Over(Done),
}

/// The test of this page.
#[derive(Clone, Copy)]
pub(crate) struct Readiness {
    pub(crate) stage: RwSignal<Stage>,
    /// The last one in this browser.
    pub(crate) last: RwSignal<Option<Last>>,
    /// It is on the screen.
    pub(crate) open: RwSignal<bool>,
    call: StoredValue<Option<CallId>>,
}

impl Readiness {
    /// Not tested.
    pub(crate) fn untested() -> Self {
        Self {
            stage: RwSignal::new(Stage::Idle),
            last: RwSignal::new(None),
            open: RwSignal::new(false),
            call: StoredValue::new(None),
        }
    }

    /// Somebody has signed in, or nobody is.
    pub(crate) fn of(self, agent: &str) {
        self.stage.set(Stage::Idle);
        self.open.set(false);
        let last = memory::text(&place(agent)).and_then(|text| Last::read(&text));
        self.last.set(last);
    }

    /// This call was the test's: nobody is asked about it.
    pub(crate) fn is_its_call(self, id: CallId) -> bool {
        self.call.get_value() == Some(id)
    }

    pub(crate) fn is_running(self) -> bool {
        self.stage.with(|stage| matches!(stage, Stage::Running(..)))
    }

    /// Tries all parts, one after the other.
    pub(crate) async fn run(self, board: Board) {
        if untrack(|| self.is_running()) {
            return;
        }
        let agent = board.agent.get_untracked();
        let mut done = Done::new();
        for part in Part::ALL {
            self.stage.set(Stage::Running(done.clone(), part));
            let verdict = match part {
                Part::Phone => phone(board),
                Part::Permissions => permissions(board).await,
                Part::Microphone => microphone().await,
                Part::Speaker => speaker(board).await,
                Part::Call => self.test_call(board).await,
            };
            // Somebody else has signed in.
            if board.agent.with_untracked(|now| *now != agent) {
                return;
            }
            done.push((part, verdict));
        }
        let last = Last::of(clock::now(), &done);
        memory::keep(&place(&agent), &last.write());
        self.last.set(Some(last));
        self.stage.set(Stage::Over(done));
    }

    /// Calls the echo, listens for some seconds and hangs up.
    async fn test_call(self, board: Board) -> Verdict {
        let call = board.line.call();
        let Some(echo) = echo(board) else {
            return Verdict::Skipped(
                t("No number for a test call is set up; your administrator can add one.").to_owned(),
            );
        };
        if !board.registration.with_untracked(|now| now.ready) {
            return Verdict::Skipped(t("The phone is not connected.").to_owned());
        }
        if call.with_untracked(Option::is_some) {
            return Verdict::Skipped(t("You are on a call.").to_owned());
        }
        board.dial(&echo);
        let end = clock::now() + PATIENCE;
        let mut mine = None;
        while clock::now() < end {
            clock::sleep(100).await;
            match (mine, call.get_untracked()) {
                (None, None) => continue,
                (None, Some(up)) if up.dialled => {
                    mine = Some(up.id);
                    self.call.set_value(mine);
                }
                // Somebody was quicker.
                (None, Some(_)) => return Verdict::Skipped(t("A call came in between.").to_owned()),
                (Some(id), Some(up)) if up.id == id => {}
                (Some(_), _) => break,
            }
            let measured = mine.and_then(|id| board.sound.judged(id));
            if measured.is_some_and(|judged| judged.summary.seconds >= MEASURED) {
                break;
            }
        }
        let Some(id) = mine else {
            return readiness::call(None);
        };
        board.say(&FromPanes::HangUp(id));
        readiness::call(board.sound.judged(id).map(|judged| judged.summary).as_ref())
    }
}

/// Where an agent's last test is kept: agents may share a browser.
fn place(agent: &str) -> String {
    ["readiness:", agent].concat()
}

/// Who sends back what it hears.
fn echo(board: Board) -> Option<String> {
    let sandbox = board
        .demo
        .with_untracked(|demo| demo.as_ref().map(|demo| demo.target(ECHO)));
    sandbox.or_else(|| board.policy.with_untracked(|policy| policy.echo.clone()))
}

fn phone(board: Board) -> Verdict {
    let registration = board.registration.get_untracked();
    if registration.ready {
        Verdict::Good(t("Connected: calls can reach you.").to_owned())
    } else {
        Verdict::Bad(NOT_READY, registration.words)
    }
}

async fn permissions(board: Board) -> Verdict {
    let watch = Watch::start(|| {}).await;
    let found = |notice| Verdict::Bad(notice, String::new());
    let wanted = board.policy.with_untracked(|policy| policy.notifications);
    match (permission(watch.as_ref()), notify::may()) {
        (Permission::Denied, _) => found(Notice::from(&MediaFault::DeniedBySite)),
        (Permission::Granted | Permission::Ask, May::No) if wanted => found(NOTIFICATIONS_BLOCKED),
        (Permission::Ask, _) => {
            Verdict::Skipped(t("The browser has not been asked yet: Start shift asks.").to_owned())
        }
        (Permission::Granted, _) => Verdict::Good(t("This site may use what it needs.").to_owned()),
    }
}

async fn microphone() -> Verdict {
    let meter = match Meter::open().await {
        Ok(Some(meter)) => meter,
        Ok(None) => return Verdict::Skipped(t("This browser cannot tell how loud you are.").to_owned()),
        Err(fault) => return Verdict::Bad(Notice::from(&fault), String::new()),
    };
    let (mut loudest, mut loud) = (f64::NEG_INFINITY, 0);
    for _ in 0..LOOKS {
        clock::sleep(PACE).await;
        let level = meter.level();
        loudest = loudest.max(level);
        loud += u32::from(level > VOICE);
        if loud >= LOUD {
            break;
        }
    }
    // A knock alone is no voice.
    let loudest = if loud >= LOUD { loudest } else { loudest.min(VOICE) };
    readiness::microphone(&meter.device(), loudest)
}

async fn speaker(board: Board) -> Verdict {
    if !rehearsal::sample(Role::Speaker).await {
        return Verdict::Bad(NO_SOUND, String::new());
    }
    let own = t("The computer's own choice").to_owned();
    let device = board.devices.choice.with_untracked(|choice| {
        choice
            .of(Role::Speaker)
            .map_or(own, |device| device.label.clone())
    });
    Verdict::Good(fill(
        "{0} has sounded. Choose another speaker if you heard nothing.",
        &[&device],
    ))
}
