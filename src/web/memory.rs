//! What this browser remembers from one page to the next: moments, never a number and never a secret.

use super::page::window;

/// The moment kept under `name`, Unix milliseconds.
pub fn moment(name: &str) -> Option<u64> {
    let storage = window().local_storage().ok().flatten()?;
    storage.get_item(name).ok().flatten()?.parse().ok()
}

/// Keeps a moment. Where the browser keeps nothing, nothing is kept.
pub fn keep_moment(name: &str, at: u64) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, &at.to_string());
    }
}
