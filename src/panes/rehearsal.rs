//! A test call to oneself: three seconds of listening, then what others would have heard.

use leptos::prelude::*;
use softphone::language::t;
use softphone::notices::Notice;
use softphone::web::{rehearsal, spawn};

use crate::elements::live::{flag, maybe, nothing, press, text};
use crate::elements::notice;

/// ```text
/// Idle --press--> Listening --3 s--> Playing --3 s--> Idle
///   ^                 |
///   +--press-- Failed <- no microphone
/// ```
#[derive(Clone, PartialEq)]
enum Stage {
    /// Nothing runs.
    Idle,
    /// The agent speaks.
    Listening,
    /// The agent hears it.
    Playing,
    /// It could not begin.
    Failed(Notice),
}

/// The button, and what goes on.
#[component]
pub(crate) fn Rehearsal() -> AnyView {
    let stage = RwSignal::new(Stage::Idle);
    let busy = Memo::new(move |_| match stage.get() {
        Stage::Listening | Stage::Playing => true,
        Stage::Idle | Stage::Failed(_) => false,
    });
    let words = move || match stage.get() {
        Stage::Listening => t("Speak now: you are heard for 3 seconds.").to_owned(),
        Stage::Playing => t("This is how others hear you.").to_owned(),
        Stage::Idle | Stage::Failed(_) => String::new(),
    };
    let failed = move || match stage.get() {
        Stage::Failed(why) => Some(notice::told(&why, "bad", true, nothing())),
        Stage::Idle | Stage::Listening | Stage::Playing => None,
    };
    view! {
        <div class="rehearsal">
            <button type="button" class="button small" disabled=flag(move || busy.get()) on:click=press(move || spawn(run(stage)))>
                {t("Hear yourself")}
            </button>
            <p class="hint" role="status">{text(words)}</p>
        </div>
        {maybe(failed)}
    }
    .into_any()
}

async fn run(stage: RwSignal<Stage>) {
    stage.set(Stage::Listening);
    // Folded up meanwhile, there is nobody to tell.
    let done = rehearsal::speak_to_oneself(move || drop(stage.try_set(Stage::Playing))).await;
    let _ = stage.try_set(match done {
        Ok(()) => Stage::Idle,
        Err(fault) => Stage::Failed(Notice::from(&fault)),
    });
}
