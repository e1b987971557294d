//! What this browser remembers from one page to the next: moments, which devices were chosen, and drafts of
//! notes until they are saved. Never a secret.

use web_sys::{Event, Storage};

use super::page::window;
use super::{Listener, reflect};

/// How the names of drafts begin.
pub const DRAFTS: &str = "draft:";

/// How the name of the call begins that an agent is wrapping up.
pub const WRAP_UP: &str = "wrap-up:";

/// How the name begins of what says that an agent's shift has begun in this session: their device was told so once.
pub const SHIFT: &str = "shift:";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The text kept under `name`.
pub fn text(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a text. Where the browser keeps nothing, nothing is kept.
pub fn keep(name: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, text);
    }
}

/// Keeps it no more.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// Hears another tab keeping or forgetting something: the name of it.
pub fn on_change(hear: impl Fn(&str) + 'static) -> Listener {
    Listener::global(&["storage"], move |event: Event| {
        hear(&reflect::text(&event, "key"))
    })
}

/// What follows `beginning` in the names that begin with it.
pub fn names(beginning: &str) -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or_default();
    (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter_map(|name| name.strip_prefix(beginning).map(str::to_owned))
        .collect()
}

/// The moment kept under `name`, Unix milliseconds.
pub fn moment(name: &str) -> Option<u64> {
    text(name)?.parse().ok()
}

/// Keeps a moment.
pub fn keep_moment(name: &str, at: u64) {
    keep(name, &at.to_string());
}
