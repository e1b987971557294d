//! The list of keys, where others can be chosen.

use leptos::prelude::*;
use softphone::keys::{Deed, Unfit};
use softphone::language::{fill, t};

use crate::board::Board;
use crate::elements::fold::Fold;
use crate::elements::live::{live, press, text};
use crate::shortcuts::Mode;

/// The list, folded away.
#[component]
pub(crate) fn KeySheet(board: Board) -> AnyView {
    let open = board.shortcuts.open;
    Effect::new(move |_| {
        if !open.get() {
            board.shortcuts.mode.set(Mode::Act);
        }
    });
    view! { <Fold title=t("Keyboard") open draw=move || view! { <List board/> }.into_any()/> }.into_any()
}

#[component]
fn List(board: Board) -> AnyView {
    let rows: Vec<AnyView> = Deed::ALL
        .map(|deed| view! { <Row board deed/> }.into_any())
        .into();
    let told = text(move || match board.shortcuts.mode.get() {
        Mode::Act => String::new(),
        Mode::Learn(deed) => fill(
            "Press the new key for {0}; Backspace for none, Escape to leave it.",
            &[name(deed)],
        ),
        Mode::Refused(_, Unfit::Taken(other)) => {
            fill("This key is for {0}. Press another one.", &[name(other)])
        }
        Mode::Refused(_, Unfit::NoSign) => t("Press a letter or a sign; digits, * and # dial.").to_owned(),
    });
    let reset = press(move || board.shortcuts.reset());
    view! {
        <div class="equipment">
            <p class="hint">{t("These work wherever you are not typing. Enter answers and Escape declines as well, and digits dial.")}</p>
            <dl class="facts keys">{rows}</dl>
            <p class="hint" role="status">{told}</p>
            <button type="button" class="button small" on:click=reset>{t("The usual keys")}</button>
        </div>
    }
    .into_any()
}

#[component]
fn Row(board: Board, deed: Deed) -> AnyView {
    let shortcuts = board.shortcuts;
    let key = live(move || match shortcuts.keys.with(|keys| keys.of(deed)) {
        Some(key) => view! { <kbd>{key}</kbd> }.into_any(),
        None => t("none").into_any(),
    });
    let learns = Memo::new(move |_| match shortcuts.mode.get() {
        Mode::Act => false,
        Mode::Learn(other) | Mode::Refused(other, _) => other == deed,
    });
    let change = press(move || {
        let mode = if learns.get_untracked() {
            Mode::Act
        } else {
            Mode::Learn(deed)
        };
        shortcuts.mode.set(mode);
    });
    let label = fill("Change the key for {0}", &[name(deed)]);
    view! {
        <div>
            <dt>{name(deed)}</dt>
            <dd>
                {key}
                <button
                    type="button"
                    class="button quiet small"
                    aria-label=label
                    aria-pressed=text(move || learns.get().to_string())
                    on:click=change
                >
                    {t("Change")}
                </button>
            </dd>
        </div>
    }
    .into_any()
}

fn name(deed: Deed) -> &'static str {
    match deed {
        Deed::Answer => t("Answer"),
        Deed::Decline => t("Decline"),
        Deed::HangUp => t("Hang up"),
        Deed::Mute => t("Mute"),
        Deed::Hold => t("Hold"),
        Deed::Number => t("Enter a number"),
        Deed::Search => t("Search calls"),
        Deed::Sheet => t("This list"),
    }
}
