//! The twelve keys, for dialling and for digits in a call.

use leptos::prelude::*;
use softphone::language::t;
use softphone::web::page::Key;

use crate::elements::live::press as pressed;

/// Each key with the letters under it (ITU-T E.161).
const KEYS: [(char, &str); 12] = [
    ('1', ""),
    ('2', "ABC"),
    ('3', "DEF"),
    ('4', "GHI"),
    ('5', "JKL"),
    ('6', "MNO"),
    ('7', "PQRS"),
    ('8', "TUV"),
    ('9', "WXYZ"),
    ('*', ""),
    ('0', "+"),
    ('#', ""),
];

/// The telephone key meant by a key typed outside any field; `+` counts as one.
pub(super) fn typed(key: &Key) -> Option<char> {
    if key.typing || key.command {
        return None;
    }
    let mut chars = key.key.chars();
    chars
        .next()
        .filter(|c| chars.next().is_none() && (c.is_ascii_digit() || matches!(c, '*' | '#' | '+')))
}

/// The grid of keys.
#[component]
pub(super) fn Keypad(
    /// Told which key was pressed.
    press: Callback<char>,
) -> AnyView {
    let keys = KEYS.map(|(key, letters)| {
        view! {
            // Letters are drawn by the style sheet: the button's name is its digit alone.
            <button
                type="button"
                class="key"
                aria-label=key.to_string()
                data-letters=letters
                on:click=pressed(move || press.run(key))
            >
                {key.to_string()}
            </button>
        }
        .into_any()
    });
    view! { <div class="keypad" role="group" aria-label=t("Digits")>{Vec::from(keys)}</div> }.into_any()
}
