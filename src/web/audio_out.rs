//! Where the far end is heard: one hidden `<audio>` element per call, in the document because some browsers stop others.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlAudioElement, MediaStream, MediaStreamTrack};

use super::route::route;
use super::{page, reflect};
use crate::devices::Role;

/// The element. Dropping it takes it out of the document and lets the stream go.
pub struct AudioOut {
    element: HtmlAudioElement,
}

impl AudioOut {
    /// A silent element; `None` without a document.
    pub(super) fn new() -> Option<Self> {
        let document = page::document()?;
        let element: HtmlAudioElement = document.create_element("audio").ok()?.dyn_into().ok()?;
        element.set_autoplay(true);
        element.set_hidden(true);
        document.body()?.append_child(&element).ok()?;
        let out = Self { element };
        out.route();
        Some(out)
    }

    /// Sounds where the agent wants the far end to be heard.
    pub(super) fn route(&self) {
        route(&self.element, Role::Speaker);
    }

    /// Plays this track. `blocked` runs if the browser refuses to sound before the agent has touched the page.
    pub(super) fn play(&self, track: &MediaStreamTrack, blocked: impl FnOnce() + 'static) {
        // A stream of our own: SIP far ends often name none (no `msid`), and the event's list is then empty.
        let Ok(stream) = MediaStream::new() else { return };
        stream.add_track(track);
        self.element.set_src_object(Some(&stream));
        self.start(blocked);
    }

    /// Tries again, from inside a gesture of the agent.
    pub(super) fn resume(&self) {
        if self.element.paused() && self.element.src_object().is_some() {
            self.start(|| ());
        }
    }

    fn start(&self, blocked: impl FnOnce() + 'static) {
        let Ok(promise) = self.element.play() else { return };
        spawn_local(async move {
            // AbortError only says that the call ended first.
            if let Err(error) = JsFuture::from(promise).await
                && reflect::text(&error, "name") == "NotAllowedError"
            {
                blocked();
            }
        });
    }
}

impl Drop for AudioOut {
    fn drop(&mut self) {
        let _ = self.element.pause();
        self.element.set_src_object(None);
        self.element.remove();
    }
}
