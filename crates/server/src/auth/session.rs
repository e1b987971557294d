//! Sessions: opened, recognised, moved on by use, ended.
//!
//! A request reads its session from the records each time, so a session that was ended anywhere is over everywhere with
//! the next request. Open streams hear of it through the log.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use protocol::session::Session;
use protocol::{Millis, Secret};

use super::{Auth, Caller, cookie, token};
use crate::Answer;
use crate::store::{Carrier, Person, StoredSession};

/// A session's end is written at most so often, in milliseconds.
const MOVE_AFTER: Millis = 60_000;

/// A session that has just begun.
#[derive(Debug)]
pub struct Opened {
    /// What its owner is told, without the secret.
    pub session: Session,
    /// Its secret, to be put into a cookie or into the answer.
    pub secret: Secret,
}

/// A session's secret as a request shows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown<'a> {
    /// In the cookie.
    Cookie(&'a str),
    /// In the `Authorization` header. Then the cookie does not count.
    Bearer(&'a str),
}

/// What `headers` show.
pub(super) fn shown(headers: &HeaderMap) -> Option<Shown<'_>> {
    let Some(line) = headers.get(AUTHORIZATION) else {
        return cookie::read(headers).map(Shown::Cookie);
    };
    let (scheme, secret) = line.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| Shown::Bearer(secret.trim()))
}

impl Auth {
    /// Opens a session for `person`. `None` if the account was changed or removed in this very moment.
    pub(super) async fn open(
        &self,
        person: &Person,
        carrier: Carrier,
        now: Millis,
    ) -> Answer<Option<Opened>> {
        let (secret, hash) = token::fresh()?;
        let session = StoredSession {
            hash,
            name: person.name.clone(),
            role: person.role,
            agent: person.agent.clone(),
            carrier,
            created_at: now,
            expires_at: self.end_of(now, now),
        };
        self.store.put_session(&session).await?;
        // A change of the account ends its sessions. One that was made between reading the account and opening the
        // session is seen here; a later one finds the session.
        if self.store.person(&person.name).await?.as_ref() != Some(person) {
            self.store.end_session(&hash, now).await?;
            return Ok(None);
        }
        let session = Session {
            name: session.name,
            role: session.role,
            agent: session.agent,
            expires_at: session.expires_at,
            token: None,
        };
        Ok(Some(Opened { session, secret }))
    }

    /// Whose session it is. A secret is only good in the carrier it was made for.
    pub(super) async fn recognise(&self, shown: Shown<'_>, now: Millis) -> Answer<Option<Caller>> {
        let (Shown::Cookie(secret) | Shown::Bearer(secret)) = shown;
        let Some(mut session) = self.store.session(&token::hash(secret), now).await? else {
            return Ok(None);
        };
        let fits = match session.carrier {
            Carrier::Cookie => matches!(shown, Shown::Cookie(_)),
            Carrier::Bearer { .. } => matches!(shown, Shown::Bearer(_)),
        };
        // The store leaves ended sessions out; here it is said once more, because everything hangs on it.
        if !fits || session.expires_at <= now {
            return Ok(None);
        }
        self.move_on(&mut session, now).await;
        Ok(Some(Caller {
            name: session.name,
            role: session.role,
            agent: session.agent,
            session: session.hash,
            expires_at: session.expires_at,
        }))
    }

    /// Moves the end of a session that is in use.
    async fn move_on(&self, session: &mut StoredSession, now: Millis) {
        let end = self.end_of(session.created_at, now);
        if end - session.expires_at < MOVE_AFTER {
            return;
        }
        match self.store.extend_session(&session.hash, end).await {
            Ok(()) => session.expires_at = end,
            // It is good for a while yet, and the next request tries again.
            Err(error) => tracing::warn!(%error, "a session could not be moved on"),
        }
    }

    /// When a session ends that began at `begun` and was last used at `used`.
    fn end_of(&self, begun: Millis, used: Millis) -> Millis {
        let after = |start: Millis, life: std::time::Duration| {
            start.saturating_add(Millis::try_from(life.as_millis()).unwrap_or(Millis::MAX))
        };
        after(used, self.idle).min(after(begun, self.longest))
    }
}
