//! The test before a shift on the screen: its parts with their results, and in the start of the shift the last one.

use leptos::prelude::*;
use softphone::language::{fill, t};
use softphone::readiness::{Last, Part, Verdict};
use softphone::web::spawn;
use softphone::words::ago;

use crate::board::Board;
use crate::elements::fold::Fold;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{flag, live, nothing, press, text};
use crate::readiness::Stage;

/// The fold with the test.
#[component]
pub(crate) fn ReadinessTest(board: Board) -> AnyView {
    let open = board.readiness.open;
    view! { <Fold title=t("Readiness test") open draw=move || view! { <Test board/> }.into_any()/> }
        .into_any()
}

#[component]
fn Test(board: Board) -> AnyView {
    let test = board.readiness;
    let rows = live(move || {
        let (done, now) = match test.stage.get() {
            Stage::Idle => (Vec::new(), None),
            Stage::Running(done, part) => (done, Some(part)),
            Stage::Over(done) => (done, None),
        };
        let row = |part: Part| {
            let verdict = done
                .iter()
                .find(|(of, _)| *of == part)
                .map(|(_, verdict)| verdict);
            row(part, verdict, now == Some(part))
        };
        Vec::from(Part::ALL.map(row)).into_any()
    });
    let said = text(move || match test.stage.get() {
        Stage::Idle => summary(board),
        Stage::Running(_, Part::Microphone) => t("Say something now.").to_owned(),
        Stage::Running(_, part) => fill("Trying: {0}", &[part.title()]),
        Stage::Over(_) => summary(board),
    });
    let begin = press(move || spawn(test.run(board)));
    view! {
        <div class="checks">
            <p class="hint">{t("Tries microphone, speaker and connection with a short test call: about 20 seconds.")}</p>
            <p role="status">{said}</p>
            <ul class="plain">{rows}</ul>
            <button
                type="button"
                class="button small"
                disabled=flag(move || test.is_running())
                on:click=begin
            >
                {t("Test now")}
            </button>
        </div>
    }
    .into_any()
}

fn row(part: Part, verdict: Option<&Verdict>, now: bool) -> AnyView {
    let line = |text: &str| match text {
        "" => nothing(),
        text => view! { <p class="hint">{text.to_owned()}</p> }.into_any(),
    };
    let (state, picture, lines) = match verdict {
        None if now => ("now", icon::RETRY, Vec::new()),
        None => ("open", icon::MINUS, Vec::new()),
        Some(Verdict::Good(found)) => ("good", icon::CHECK, vec![line(found)]),
        Some(Verdict::Skipped(why)) => ("open", icon::MINUS, vec![line(why)]),
        Some(Verdict::Bad(notice, found)) => {
            let why = notice.why.as_deref().unwrap_or_default();
            let remedy = notice.remedy.unwrap_or_default();
            let lines = vec![line(t(&notice.title)), line(t(why)), line(found), line(t(remedy))];
            ("bad", icon::ALERT, lines)
        }
    };
    view! {
        <li class="check" data-state=state>
            <Icon d=picture/>
            <div>
                <p class="check-title">{part.title()}</p>
                {lines}
            </div>
        </li>
    }
    .into_any()
}

/// How the last test in this browser went, and when.
pub(crate) fn summary(board: Board) -> String {
    match board.readiness.last.get() {
        None => t("Your equipment was not tested in this browser yet.").to_owned(),
        Some(Last { at, bad }) => {
            let ago = ago(at, board.clock.get());
            if bad.is_empty() {
                return fill("Last test: all well, {0}.", &[&ago]);
            }
            let parts: Vec<&str> = bad.iter().map(|part| part.title()).collect();
            fill("Last test, {0}: look at {1}.", &[&ago, &parts.join(", ")])
        }
    }
}
