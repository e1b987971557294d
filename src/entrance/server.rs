//! What the window asks of the server.

use protocol::problem::Problem;
use protocol::session::{OwnTicketRequest, Session, SignIn, Ticket};
use serde::Serialize;
use serde::de::DeserializeOwned;
use softphone::language::t;
use softphone::web::ask;

/// Why it was not done, for the person.
pub(crate) type Told<T> = Result<T, String>;

/// Who is signed in, if anybody is.
pub(crate) async fn who() -> Told<Option<Session>> {
    match ask::whole("GET", "/api/session", None).await {
        Some((401, _)) => Ok(None),
        other => read(other).map(Some),
    }
}

/// Signs in.
pub(crate) async fn sign_in(typed: &SignIn) -> Told<Session> {
    send("POST", "/api/session", typed).await
}

/// Signs out here.
pub(crate) async fn sign_out() -> Told<()> {
    match ask::whole("DELETE", "/api/session", None).await {
        Some((200..=299 | 401, _)) => Ok(()),
        other => read::<Session>(other).map(drop),
    }
}

/// A ticket for the frame in a page of this origin.
pub(crate) async fn ticket(origin: &str) -> Told<Ticket> {
    let origin = origin.to_owned();
    send("POST", "/api/tickets/own", &OwnTicketRequest { origin }).await
}

async fn send<T: DeserializeOwned>(method: &str, path: &str, body: &impl Serialize) -> Told<T> {
    let body = serde_json::to_string(body).unwrap_or_default();
    read(ask::whole(method, path, Some(&body)).await)
}

fn read<T: DeserializeOwned>(answer: Option<(u16, String)>) -> Told<T> {
    let Some((status, text)) = answer else {
        return Err(t("The server did not answer. Check your network and try again.").to_owned());
    };
    let unread = || t("The server's answer could not be read. Try again in a moment.").to_owned();
    if (200..300).contains(&status) {
        return serde_json::from_str(&text).map_err(|_| unread());
    }
    let problem = serde_json::from_str::<Problem>(&text);
    Err(problem.map_or_else(|_| unread(), |problem| t(&problem.message).to_owned()))
}
