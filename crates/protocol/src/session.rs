//! Signing in.

use serde::{Deserialize, Serialize};

use crate::{Millis, Secret};

/// What somebody may do. Each includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Take and place calls, see their own history.
    Agent,
    /// See everybody's calls and devices.
    Supervisor,
    /// Change the account: apps, users, webhooks, allocations.
    Admin,
}

/// `POST /api/session`: a local account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The account's name.
    pub name: String,
    /// Its password.
    pub password: Secret,
}

/// `POST /api/session/password`: another password for one's own account. Answered with 204; the account's other sessions
/// end, this one goes on. A wrong `old` is 422 with that field, and counts like a wrong try to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPassword {
    /// The one so far.
    pub old: Secret,
    /// The one from now on, 10 to 1,024 characters.
    pub new: Secret,
}

/// `POST /api/session/ticket`: a frame shows the ticket that its host page was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketExchange {
    /// The one-time ticket.
    pub ticket: Secret,
    /// The origin of the page around the frame, as the browser told the frame: `https://crm.example`.
    pub embedded_in: String,
}

/// `POST /api/tickets`, with an API key: the CRM's backend asks for an agent's ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRequest {
    /// The local account that the ticket signs in.
    pub name: String,
    /// The origin of the page that will embed the phone.
    pub origin: String,
}

/// `POST /api/tickets/own`: somebody signed in at the phone's own address lets the phone in a frame be signed in too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTicketRequest {
    /// The origin of the page around that frame.
    pub origin: String,
}

/// The answer: good once, for 60 seconds, on that origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// To be handed to the frame, never put into a URL that is logged.
    pub ticket: Secret,
    /// When it ends.
    pub expires_at: Millis,
}

/// Who is signed in. Also the answer of `GET /api/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The account's name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their `AppUserId` at the vendor; none for somebody without a phone.
    pub agent: Option<String>,
    /// When the session ends unless used.
    pub expires_at: Millis,
    /// Inside a frame: send it as `Authorization: Bearer`, keep it in memory only. At top level a cookie stands in.
    pub token: Option<Secret>,
}

/// One of an account's sessions: an entry of the answer of `GET /api/sessions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    /// To end it by: `DELETE /api/sessions/{id}`. Opens nothing.
    pub id: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// The origin of the page around the phone, if it runs in a frame.
    pub embedded_in: Option<String>,
    /// When it began.
    pub created_at: Millis,
    /// When it ends unless used.
    pub expires_at: Millis,
}
