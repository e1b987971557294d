//! The panes binary: what an agent looks at between calls, fetched once the phone is ready and the browser idle. It draws into
//! elements of the page (`src/ui/panes.rs`) and knows it by a `MessagePort` alone: if it breaks down, the phone goes on.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg_attr(
    target_arch = "wasm32",
    expect(unreachable_pub, reason = "`#[component]` writes its property types as `pub`")
)]

#[cfg(target_arch = "wasm32")]
#[path = "panes/alert.rs"]
mod alert;
#[cfg(target_arch = "wasm32")]
#[path = "panes/board.rs"]
mod board;
#[cfg(target_arch = "wasm32")]
#[path = "panes/caller.rs"]
mod caller;
#[cfg(target_arch = "wasm32")]
#[path = "panes/checks.rs"]
mod checks;
#[cfg(target_arch = "wasm32")]
#[path = "panes/cleaning.rs"]
mod cleaning;
#[cfg(target_arch = "wasm32")]
#[path = "panes/demo.rs"]
mod demo;
#[cfg(target_arch = "wasm32")]
#[path = "panes/details.rs"]
mod details;
#[cfg(target_arch = "wasm32")]
#[path = "panes/devices.rs"]
mod devices;
#[cfg(target_arch = "wasm32")]
#[path = "panes/drafts.rs"]
mod drafts;
#[cfg(target_arch = "wasm32")]
mod elements;
#[cfg(target_arch = "wasm32")]
#[path = "panes/equipment.rs"]
mod equipment;
#[cfg(target_arch = "wasm32")]
#[path = "panes/headset_buttons.rs"]
mod headset_buttons;
#[cfg(target_arch = "wasm32")]
#[path = "panes/judge.rs"]
mod judge;
#[cfg(target_arch = "wasm32")]
#[path = "panes/key_sheet.rs"]
mod key_sheet;
#[cfg(target_arch = "wasm32")]
#[path = "panes/languages.rs"]
mod languages;
#[cfg(target_arch = "wasm32")]
#[path = "panes/level.rs"]
mod level;
#[cfg(target_arch = "wasm32")]
#[path = "panes/missed.rs"]
mod missed;
#[cfg(target_arch = "wasm32")]
#[path = "panes/note.rs"]
mod note;
#[cfg(target_arch = "wasm32")]
#[path = "panes/past.rs"]
mod past;
#[cfg(target_arch = "wasm32")]
#[path = "panes/preview.rs"]
mod preview;
#[cfg(target_arch = "wasm32")]
#[path = "panes/rating.rs"]
mod rating;
#[cfg(target_arch = "wasm32")]
#[path = "panes/readiness.rs"]
mod readiness;
#[cfg(target_arch = "wasm32")]
#[path = "panes/rehearsal.rs"]
mod rehearsal;
#[cfg(target_arch = "wasm32")]
#[path = "panes/shift.rs"]
mod shift;
#[cfg(target_arch = "wasm32")]
#[path = "panes/shortcuts.rs"]
mod shortcuts;
#[cfg(target_arch = "wasm32")]
#[path = "panes/sound.rs"]
mod sound;
#[cfg(target_arch = "wasm32")]
#[path = "panes/support.rs"]
mod support;
#[cfg(target_arch = "wasm32")]
#[path = "panes/unsaved.rs"]
mod unsaved;
#[cfg(target_arch = "wasm32")]
#[path = "panes/wrap_up.rs"]
mod wrap_up;

/// The page has opened the panes: `www/boot.js` calls this, once.
#[cfg(target_arch = "wasm32")]
#[softphone::web::export]
pub fn connect(port: softphone::web::port::Ends) {
    board::open(port);
}

/// The panes exist only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
