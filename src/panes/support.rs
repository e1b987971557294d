//! For support: a file to be saved, or lines sent to the server with an id to tell.

use leptos::prelude::*;
use softphone::companion::Json as _;
use softphone::language::{fill, t};
use softphone::notices::Notice;
use softphone::notices::companion::{NOT_HEARD, refusal};
use softphone::support::{Diary, Event};
use softphone::web::ask::{self, Reply};
use softphone::web::seen::{self, Watching};
use softphone::web::{clock, file, page, spawn};

use crate::board::Board;
use crate::elements::fold::Fold;
use crate::elements::live::{flag, maybe, nothing, press, text};
use crate::elements::notice;

/// Its name where it is saved.
const FILE: &str = "softphone-support.txt";

/// What has happened in this page.
#[derive(Clone, Copy)]
pub(crate) struct Support {
    diary: StoredValue<Diary>,
    watching: StoredValue<Option<Watching>, LocalStorage>,
}

impl Support {
    /// Nothing yet.
    pub(crate) fn nothing() -> Self {
        Self {
            diary: StoredValue::new(Diary::default()),
            watching: StoredValue::new_local(None),
        }
    }

    /// Writes down what happens from now on.
    pub(crate) fn follow(self, board: Board) {
        Effect::new(move |_| {
            let words = board.registration.get().words;
            if !words.is_empty() {
                self.add(Event::Link(words));
            }
        });
        self.watching
            .set_value(seen::notices(move |title| self.add(Event::Told(title))));
    }

    /// Writes something down.
    pub(crate) fn add(self, event: Event) {
        self.diary.update_value(|diary| diary.add(clock::now(), event));
    }

    fn lines(self) -> Vec<String> {
        let about = [
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("browser", page::browser()),
            ("language", page::language()),
        ];
        self.diary.with_value(|diary| diary.lines(clock::now(), &about))
    }
}

/// ```text
/// Writing --Send--> Sending --> Sent(id)
///    ▲                 |
///    +--- refused -----+
/// ```
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    /// The agent may describe what is wrong; why it was not taken the last time.
    Writing(Option<Notice>),
    /// On its way.
    Sending,
    /// The server has it under this id.
    Sent(String),
}

/// The fold.
#[component]
pub(crate) fn Help(board: Board) -> AnyView {
    let open = RwSignal::new(false);
    view! { <Fold title=t("Help from support") open draw=move || view! { <Choices board/> }.into_any()/> }
        .into_any()
}

#[component]
fn Choices(board: Board) -> AnyView {
    let stage = RwSignal::new(Stage::Writing(None));
    let words = RwSignal::new(String::new());
    let served = Memo::new(move |_| board.past.has_server());
    let save = press(move || file::save(FILE, &board.support.lines().join("\n")));
    let send = press(move || spawn(send(board, stage, words)));
    let failed = move || match stage.get() {
        Stage::Writing(why) => why.map(|why| notice::told(&why, "bad", true, nothing())),
        Stage::Sending | Stage::Sent(_) => None,
    };
    let told = text(move || match stage.get() {
        Stage::Writing(_) => String::new(),
        Stage::Sending => t("Sending").to_owned(),
        Stage::Sent(id) => fill("Sent. Tell support this id: {0}", &[&id]),
    });
    view! {
        <div class="note">
            <p class="hint">{t("Versions, the browser, how the connection and the last calls went, and what this page has told you. No numbers, no passwords.")}</p>
            {maybe(move || served.get().then(|| view! {
                <label for="support-words">{t("What went wrong?")}</label>
                <textarea
                    id="support-words"
                    rows="2"
                    maxlength="2000"
                    prop:value=words
                    on:input=move |event| words.set(event_target_value(&event))
                ></textarea>
            }.into_any()))}
            {maybe(failed)}
            <div class="note-end">
                {served.get_untracked().then(|| view! {
                    <button
                        type="button"
                        class="button primary small"
                        disabled=flag(move || stage.with(|stage| *stage == Stage::Sending))
                        on:click=send
                    >
                        {t("Send to support")}
                    </button>
                })}
                <button type="button" class="button small" on:click=save>{t("Save as a file")}</button>
                <span class="hint" role="status">{told}</span>
            </div>
        </div>
    }
    .into_any()
}

async fn send(board: Board, stage: RwSignal<Stage>, words: RwSignal<String>) {
    stage.set(Stage::Sending);
    let now = clock::now();
    let from = board.support.diary.with_value(Diary::since).unwrap_or(now);
    let lines: Vec<String> = board
        .support
        .lines()
        .iter()
        .map(|line| ask::quoted(line))
        .collect();
    let body = [
        "{\"from\":",
        &from.to_string(),
        ",\"to\":",
        &now.to_string(),
        ",\"description\":",
        &ask::quoted(&words.get_untracked()),
        ",\"lines\":[",
        &lines.join(","),
        "]}",
    ];
    let sent = match ask::change_json("POST", "/api/logs", &body.concat()).await {
        Reply::Said(said) => Stage::Sent(said.text("id").unwrap_or_default()),
        Reply::Refused(_, said) => Stage::Writing(Some(refusal(&said))),
        Reply::Unreachable => Stage::Writing(Some(NOT_HEARD)),
    };
    // Folded up meanwhile, there is nobody to tell.
    let _ = stage.try_set(sent);
}
