//! Notes not yet saved. They are kept in this browser as they are typed, so that a crash loses none, and go once they are
//! saved or the agent signs out.

use softphone::companion::Note;
use softphone::web::memory;

/// Between the disposition and the text; neither can hold it.
const BETWEEN: char = '\u{1f}';

/// Where an agent's draft for a call is kept: agents may share a browser.
fn place(agent: &str, sid: &str) -> String {
    [memory::DRAFTS, agent, ":", sid].concat()
}

/// Keeps a draft.
pub(crate) fn keep(agent: &str, sid: &str, note: &Note) {
    let text = [note.disposition.as_str(), &BETWEEN.to_string(), &note.text].concat();
    memory::keep(&place(agent, sid), &text);
}

/// The draft of a call, if there is one.
pub(crate) fn find(agent: &str, sid: &str) -> Option<Note> {
    let kept = memory::text(&place(agent, sid))?;
    let (disposition, text) = kept.split_once(BETWEEN)?;
    Some(Note {
        text: text.to_owned(),
        disposition: disposition.to_owned(),
    })
}

/// Forgets it.
pub(crate) fn forget(agent: &str, sid: &str) {
    memory::forget(&place(agent, sid));
}

/// The calls of an agent that have a draft.
pub(crate) fn calls(agent: &str) -> Vec<String> {
    memory::names(&place(agent, ""))
}
