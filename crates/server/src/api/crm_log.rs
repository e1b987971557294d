//! Calls on their way into a CRM: given out to the page that writes them, and what became of them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::Millis;
use protocol::crm_log::{LogAsk, LogDone, LogEntries, LogEntry, LogFailed, LogTroubles};

use super::{Body, Sid};
use crate::auth::Caller;
use crate::phone::masking;
use crate::phone::redaction::without_numbers;
use crate::store::{DueCall, FailedWord, LogLease, LoggedWord};
use crate::{Answer, App, Refused, clock};

const MINUTE: Millis = 60_000;
const DAY: Millis = 24 * 60 * MINUTE;
/// How long an entry is one page's.
const LEASE: Millis = MINUTE;
/// Entries of one answer.
const AT_ONCE: u32 = 20;
/// Calls that began earlier are left alone.
const OLDEST: Millis = 14 * DAY;
/// When an agent's calls are first asked for, those of the last day are written too.
const FIRST: Millis = DAY;
/// Without a rule of the policy, a call without a note is wrapped up so long after its end.
const WRAP_UP: Millis = MINUTE;
/// The longest reference, and words of a failure, in characters.
const LONGEST: (usize, usize) = (200, 500);
/// Rows of the admin's list.
const TROUBLES: u32 = 200;

/// `POST /api/log/lease`
pub async fn lease(
    State(app): State<App>,
    caller: Caller,
    Body(LogAsk { holder }): Body<LogAsk>,
) -> Answer<Json<LogEntries>> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !(8..=64).contains(&holder.len()) || !holder.bytes().all(fits) {
        let message = "The holder is 8 to 64 letters, digits or hyphens, made up by the page.";
        return Err(Refused::field("holder", message));
    }
    let now = clock::now();
    let wrap_up = Millis::from(app.policy.now().policy.wrap_up.seconds) * 1000;
    let ask = LogLease {
        agent: caller.agent()?.to_owned(),
        holder,
        now,
        until: now + LEASE,
        oldest: now - OLDEST,
        first: now - FIRST,
        wrapped_up: now - if wrap_up == 0 { WRAP_UP } else { wrap_up },
        limit: AT_ONCE,
    };
    let due = app.store.lease_log(&ask).await?;
    let entries = due.into_iter().map(|due| entry(&app, &caller, due)).collect();
    Ok(Json(LogEntries { entries }))
}

/// As the page of a reader of this role may see it.
fn entry(app: &App, caller: &Caller, due: DueCall) -> LogEntry {
    let view = masking::view_for(&app.policy, caller.role, due.view);
    let (note, disposition) = due
        .note
        .map(|note| (note.text, note.disposition))
        .unwrap_or_default();
    LogEntry {
        lease: due.lease,
        revision: due.revision,
        reference: due.reference,
        direction: view.direction,
        number: view.number,
        virtual_number: view.virtual_number,
        started_at: view.started_at,
        ended_at: view.ended_at.unwrap_or(view.started_at),
        talked_s: view.talk_seconds.unwrap_or(0),
        // Only calls that are over are due.
        outcome: view.outcome.unwrap_or(protocol::call::Outcome::Unknown),
        sid: view.sid,
        note,
        disposition,
    }
}

/// `POST /api/log/{sid}/done`
pub async fn done(
    State(app): State<App>,
    caller: Caller,
    Sid(sid): Sid,
    Body(LogDone { lease, reference }): Body<LogDone>,
) -> Answer<StatusCode> {
    if !(1..=LONGEST.0).contains(&reference.trim().chars().count()) {
        let message = format!("The CRM's id of the entry has 1 to {} characters.", LONGEST.0);
        return Err(Refused::field("reference", message));
    }
    let agent = caller.agent()?;
    let word = app
        .store
        .log_done(&sid, agent, &lease, reference.trim(), clock::now())
        .await?;
    match word {
        LoggedWord::Kept => Ok(StatusCode::NO_CONTENT),
        LoggedWord::NoSuchEntry => Err(Refused::not_found("entry of the log")),
        LoggedWord::Stands(reference) => {
            let message =
                "Another page has written this call into the CRM. Its entry stands; remove the one made now.";
            let mut refused = Refused::new(StatusCode::CONFLICT, "logged_meanwhile", message);
            refused.problem.stands = Some(reference);
            Err(refused)
        }
    }
}

/// `POST /api/log/{sid}/failed`
pub async fn failed(
    State(app): State<App>,
    caller: Caller,
    Sid(sid): Sid,
    Body(LogFailed { lease, words }): Body<LogFailed>,
) -> Answer<StatusCode> {
    if words.chars().count() > LONGEST.1 {
        let message = format!("Say in at most {} characters what went wrong.", LONGEST.1);
        return Err(Refused::field("words", message));
    }
    let agent = caller.agent()?;
    let words = without_numbers(&words);
    let word = app
        .store
        .log_failed(&sid, agent, &lease, &words, clock::now())
        .await?;
    match word {
        FailedWord::Kept => Ok(StatusCode::NO_CONTENT),
        FailedWord::NoSuchEntry => Err(Refused::not_found("entry of the log")),
        FailedWord::LeaseOver => {
            let message = "This lease is over. Whoever asks next gets the entry.";
            Err(Refused::new(StatusCode::CONFLICT, "lease_over", message))
        }
    }
}

/// `GET /api/admin/log`
pub async fn troubles(State(app): State<App>, _: Caller) -> Answer<Json<LogTroubles>> {
    let troubles = app.store.log_troubles(TROUBLES).await?;
    Ok(Json(LogTroubles { troubles }))
}
