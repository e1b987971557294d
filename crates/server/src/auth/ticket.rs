//! Tickets: how a phone inside a frame of a CRM's page signs in.
//!
//! ```text
//! CRM's backend -- API key, account, origin --> POST /api/tickets          a ticket: 60 s, once, that origin
//! our own window - cookie, origin ------------> POST /api/tickets/own      the same, for oneself
//! CRM's page ---- postMessage, ticket --------> frame
//! frame --------- ticket, parent's origin ----> POST /api/session/ticket   a bearer token, kept in memory
//! ```
//! The browser tells the frame who is around it (`MessageEvent.origin`), so a ticket that was carried to another page is
//! refused there. Whatever comes of it, a ticket that was shown is spent.

use axum::http::StatusCode;
use protocol::Millis;
use protocol::session::{OwnTicketRequest, Role, Session, Ticket, TicketExchange, TicketRequest};

use super::{Auth, Caller, Origin, people, token};
use crate::store::{Carrier, StoredTicket};
use crate::{Answer, Refused};

/// How long a ticket is good, in milliseconds.
const LIFE: Millis = 60_000;

impl Auth {
    /// Makes a ticket. The CRM's backend is trusted with names, so it is told what is wrong.
    ///
    /// # Errors
    /// 422: the origin may not embed the phone, or nobody of that name may sign in by ticket.
    pub async fn mint(&self, request: &TicketRequest, now: Millis) -> Answer<Ticket> {
        let origin = self.embedder(&request.origin)?;
        let name = people::name(&request.name).unwrap_or_default();
        let person = self.store.person(&name).await?.filter(|person| !person.disabled);
        let person = person.ok_or_else(|| {
            Refused::field("name", "There is no account of this name, or it may not sign in.")
        })?;
        if person.role == Role::Admin {
            // A key that leaks out of a CRM must not be the key to everything.
            let message = "An admin signs in with a password at the phone's own address, never by ticket.";
            return Err(Refused::field("name", message));
        }
        self.ticket_for(person.name, &origin, now).await
    }

    /// Makes a ticket for whoever asks: they are signed in in a window of our own, and a frame wants the same.
    ///
    /// # Errors
    /// 403: the caller's own session was got by a ticket, and leads nowhere else. 422: the origin may not embed the phone, or
    /// the caller is an admin.
    pub async fn mint_own(&self, caller: &Caller, request: &OwnTicketRequest, now: Millis) -> Answer<Ticket> {
        let session = self.store.session(&caller.session, now).await?;
        match session.map(|session| session.carrier) {
            Some(Carrier::Cookie) => {}
            Some(Carrier::Bearer { .. }) | None => {
                let message = "A phone inside a page gives no tickets. Sign in at the phone's own address.";
                return Err(Refused::new(StatusCode::FORBIDDEN, "in_a_frame", message));
            }
        }
        let origin = self.embedder(&request.origin)?;
        if caller.role == Role::Admin {
            let message =
                "An admin's phone works at its own address only. Sign in as an agent or a supervisor.";
            return Err(Refused::field("name", message));
        }
        self.ticket_for(caller.name.clone(), &origin, now).await
    }

    /// The origin, if it may embed the phone.
    fn embedder(&self, text: &str) -> Answer<Origin> {
        let origin = Origin::parse(text).filter(|origin| self.embedders.contains(origin));
        origin.ok_or_else(|| {
            let message =
                "This origin may not embed the phone. Add it to sessions.embed_origins of the server.";
            Refused::field("origin", message)
        })
    }

    async fn ticket_for(&self, name: String, origin: &Origin, now: Millis) -> Answer<Ticket> {
        let (ticket, hash) = token::fresh()?;
        let stored = StoredTicket {
            hash,
            name,
            origin: origin.as_str().to_owned(),
            expires_at: now + LIFE,
        };
        self.store.put_ticket(&stored).await?;
        let expires_at = stored.expires_at;
        Ok(Ticket { ticket, expires_at })
    }

    /// Takes a ticket for a session that the frame holds in its memory.
    ///
    /// # Errors
    /// 401 with one sentence for every reason.
    pub async fn exchange(&self, shown: &TicketExchange, now: Millis) -> Answer<Session> {
        let hash = token::hash(shown.ticket.reveal());
        let ticket = self.store.take_ticket(&hash, now).await?.ok_or_else(spent)?;
        let around = Origin::parse(&shown.embedded_in).ok_or_else(spent)?;
        // Asked of the configuration once more: it may have been changed since the ticket was made.
        let allowed = around.as_str() == ticket.origin && self.embedders.contains(&around);
        if !allowed || ticket.expires_at <= now {
            return Err(spent());
        }
        let person = self.store.person(&ticket.name).await?;
        let person = person.filter(|person| !person.disabled && person.role != Role::Admin);
        let carrier = Carrier::Bearer {
            embedded_in: ticket.origin,
        };
        let person = person.ok_or_else(spent)?;
        let opened = self.open(&person, carrier, now).await?;
        let opened = opened.ok_or_else(spent)?;
        self.record(&person.name, "sign_in_by_ticket", around.as_str())
            .await;
        Ok(Session {
            token: Some(opened.secret),
            ..opened.session
        })
    }
}

/// 401, without a reason.
fn spent() -> Refused {
    let message = "This ticket is used, too old, or for another page. Reload the page to get a new one.";
    Refused::new(StatusCode::UNAUTHORIZED, "ticket_refused", message)
}
