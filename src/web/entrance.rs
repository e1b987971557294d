//! The two ends of a window of our own that a frame of ours has opened: one opens, watches and hears it, the other answers.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

use super::page::window;
use super::{Listener, reflect};

/// The window, seen from the frame. Dropping it closes it.
pub struct Opened(Window);

impl Opened {
    /// Opens an address of our own; `None` where the browser does not. Right after a press, or it never does.
    pub fn open(address: &str) -> Option<Self> {
        const LOOK: &str = "popup,width=440,height=640";
        let opened = window().open_with_url_and_target_and_features(address, "softphone-entrance", LOOK);
        opened.ok().flatten().map(Self)
    }

    /// The person has closed it.
    pub fn is_closed(&self) -> bool {
        self.0.closed().unwrap_or(true)
    }

    /// Brings it to the front.
    pub fn show(&self) {
        let _ = self.0.focus();
    }

    /// Whether the message is from it, of our own origin.
    fn has_said(&self, event: &MessageEvent) -> bool {
        event.origin() == own() && reflect::get(event, "source").as_ref() == Some(self.0.as_ref())
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        let _ = self.0.close();
    }
}

/// Hears what the window says. `find` lends it.
pub fn on_said(
    find: impl Fn(&dyn Fn(&Opened) -> bool) -> bool + 'static,
    hear: impl Fn(&str) + 'static,
) -> Listener {
    Listener::global(&["message"], move |event: MessageEvent| {
        if find(&|opened| opened.has_said(&event)) {
            hear(&event.data().as_string().unwrap_or_default());
        }
    })
}

/// In the window: says something to the frame that has opened it, if that is of our own origin. False where there is none.
pub fn say(text: &str) -> bool {
    let Some(opener) = reflect::get(&window(), "opener") else {
        return false;
    };
    let opener: Window = opener.unchecked_into();
    opener.post_message(&JsValue::from_str(text), &own()).is_ok()
}

/// In the window: whether there is a frame that has opened it.
pub fn is_opened() -> bool {
    reflect::get(&window(), "opener").is_some()
}

/// In the window: closes it.
pub fn close() {
    let _ = window().close();
}

/// Our own origin.
pub fn own() -> String {
    window().location().origin().unwrap_or_default()
}
