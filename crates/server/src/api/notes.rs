//! What an agent notes of a call.

use axum::Json;
use axum::extract::State;
use protocol::admin::policy::Feature;
use protocol::history::Note;

use super::{Body, Sid};
use crate::auth::Caller;
use crate::phone::calls_seen;
use crate::{Answer, App, Refused, clock};

/// The longest text, in characters.
const LONGEST: usize = 10_000;

/// `PUT /api/calls/{sid}/note`: over the one before; answers with the note as it is kept.
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    Sid(sid): Sid,
    Body(note): Body<Note>,
) -> Answer<Json<Note>> {
    if note.text.chars().count() > LONGEST {
        let message = format!("A note has at most {LONGEST} characters. Shorten it.");
        return Err(Refused::field("text", message));
    }
    app.policy
        .check(Feature::Notes, caller.role, &app.vendor.app_id())?;
    let policy = app.policy.now();
    let known = &policy.policy.dispositions;
    if !note.disposition.is_empty() && !known.contains(&note.disposition) {
        return Err(Refused::field("disposition", "Choose one of the list, or none."));
    }
    let call = calls_seen::own(&app, &caller, &sid).await?;
    let note = Note {
        updated_at: clock::now(),
        ..note
    };
    app.store.put_note(&call.sid, caller.agent()?, &note).await?;
    Ok(Json(note))
}
