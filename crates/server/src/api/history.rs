//! Past calls, newest first.

use axum::Json;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::Millis;
use protocol::call::{Direction, Outcome};
use protocol::history::{CallPage, PastCall};
use serde::Deserialize;

use super::{Asked, Sid};
use crate::auth::Caller;
use crate::phone::{calls_seen, masking};
use crate::store::{HistoryPage, HistoryQuery};
use crate::{Answer, App, Refused};

/// Calls of a page, if nobody says.
const PAGE: u32 = 50;
/// The most calls of a page.
const LARGEST: u32 = 200;
/// The longest text to search for, in characters.
const LONGEST: usize = 100;
/// Fewer letters and digits are not the whole id of a call.
const ID: usize = 20;

/// Where a page begins: start, call, agent.
type Place = (Millis, String, String);

/// What of the past.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Past {
    agent: Option<String>,
    direction: Option<Direction>,
    outcome: Option<Outcome>,
    search: Option<String>,
    before: Option<String>,
    limit: Option<u32>,
}

/// `GET /api/calls?agent=&direction=&outcome=&search=&before=&limit=`
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Asked(asked): Asked<Past>,
) -> Answer<Json<CallPage>> {
    let search = asked
        .search
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    if let Some(text) = search {
        check_search(text, masking::sees_numbers(&app.policy, caller.role))?;
    }
    let before = asked.before.as_deref().filter(|place| !place.is_empty());
    let query = HistoryQuery {
        agent: calls_seen::whose(&caller, asked.agent)?,
        direction: asked.direction,
        outcome: asked.outcome,
        search: search.map(str::to_owned),
        before: before.map(read_place).transpose()?,
        limit: asked.limit.unwrap_or(PAGE).clamp(1, LARGEST),
        ..HistoryQuery::default()
    };
    let page = app.store.history(&query).await?;
    Ok(Json(shown(&app, &caller, page)))
}

/// `GET /api/calls/{sid}`: the call as each of its agents sees it; for an agent, as they do.
pub async fn one(State(app): State<App>, caller: Caller, Sid(sid): Sid) -> Answer<Json<CallPage>> {
    let query = HistoryQuery {
        agent: calls_seen::whose(&caller, None)?,
        sid: Some(sid),
        limit: LARGEST,
        ..HistoryQuery::default()
    };
    let page = app.store.history(&query).await?;
    match page.calls.is_empty() {
        true => Err(Refused::not_found("call")),
        false => Ok(Json(shown(&app, &caller, page))),
    }
}

/// Whoever may not see numbers may not find them out by searching either: only notes, and whole ids.
pub(super) fn check_search(text: &str, sees_numbers: bool) -> Result<(), Refused> {
    if text.chars().count() > LONGEST {
        return Err(Refused::field(
            "search",
            format!("Search for at most {LONGEST} characters."),
        ));
    }
    // Letters and digits alone: of anything else the store would look for the digits.
    let id = text.len() >= ID && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !sees_numbers && !id && text.contains(char::is_numeric) {
        return Err(Refused::field(
            "search",
            "Numbers are hidden from you. Search for words of a note, or for a call's whole id.",
        ));
    }
    Ok(())
}

pub(super) fn shown(app: &App, caller: &Caller, page: HistoryPage) -> CallPage {
    let calls = page.calls.into_iter().map(|(view, note)| PastCall {
        call: masking::view_for(&app.policy, caller.role, view),
        note,
    });
    CallPage {
        calls: calls.collect(),
        next: page.next.as_ref().map(write_place),
    }
}

/// As text for a URL; opaque to readers.
fn write_place(place: &Place) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::json!(place).to_string())
}

pub(super) fn read_place(text: &str) -> Result<Place, Refused> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    let place = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    place.ok_or_else(|| {
        Refused::field(
            "before",
            "Take the place of the next page from the page before it.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_its_url() {
        let place = (1_700_000_000_000, "sid".to_owned(), "a+b@x/é".to_owned());
        assert_eq!(read_place(&write_place(&place)), Ok(place));
        for text in ["", "x", "AAAA", "W10", "\u{e9}"] {
            assert!(read_place(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_hidden_number_cannot_be_searched_for() {
        let id = "1e2c98111110034c5da76be3410fa1ab";
        for text in [
            "9811",
            "call 98",
            "1",
            "٩٨",
            "----------------98111",
            "....................9",
        ] {
            assert!(check_search(text, false).is_err(), "{text}");
            assert!(check_search(text, true).is_ok(), "{text}");
        }
        assert!(check_search("refund", false).is_ok() && check_search(id, false).is_ok());
        assert!(check_search(&"x".repeat(101), true).is_err());
    }
}
