//! Requests as a browser would send them, or would not.

use protocol::problem::Problem;
use protocol::session::{Role, Session};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};
use server::auth::cookie;
use server::store::{Carrier, StoredSession};
use server::{auth, clock};

use crate::support::server::TestServer;

/// What `public_origin` is in tests.
pub(crate) const HOME: &str = "https://phone.test";
/// The one page that may embed the phone.
pub(crate) const CRM: &str = "https://crm.test";
/// Good enough for every account of these tests.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answered {
    /// The code of a refusal.
    pub(crate) fn code(&self) -> String {
        let problem: Result<Problem, _> = serde_json::from_str(&self.text);
        problem.map_or_else(
            |_| format!("{} {}", self.status, self.text),
            |problem| problem.code,
        )
    }

    /// The body of a 200.
    pub(crate) fn read<T: serde::de::DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        serde_json::from_str(&self.text).unwrap()
    }

    /// The session's secret in the cookie that was set.
    pub(crate) fn cookie(&self) -> String {
        let line = self.headers["set-cookie"].to_str().unwrap();
        let pair = line.split(';').next().unwrap();
        pair.strip_prefix(&format!("{}=", cookie::NAME))
            .unwrap()
            .to_owned()
    }
}

/// How a request says who it is from.
#[derive(Clone, Debug)]
pub(crate) enum By {
    Nobody,
    Cookie(String),
    Bearer(String),
}

/// A request from our own page: the header, the origin, and whose it is.
pub(crate) fn from_home(server: &TestServer, method: Method, path: &str, by: &By) -> RequestBuilder {
    let change = !method.is_safe();
    let mut request = with(server.http.request(method, server.url(path)), by);
    if change {
        request = request
            .header(protocol::CHANGE_HEADER, "1")
            .header("origin", HOME);
    }
    request.header("sec-fetch-site", "same-origin")
}

/// Adds the session.
pub(crate) fn with(request: RequestBuilder, by: &By) -> RequestBuilder {
    match by {
        By::Nobody => request,
        By::Cookie(secret) => request.header("cookie", format!("{}={secret}", cookie::NAME)),
        By::Bearer(secret) => request.bearer_auth(secret),
    }
}

/// Sends it. No answer of ours ever opens the API to another origin.
pub(crate) async fn send(request: RequestBuilder) -> Answered {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let opened = headers
        .keys()
        .find(|name| name.as_str().starts_with("access-control-"));
    assert_eq!(opened, None, "no CORS header is ever sent");
    let text = response.text().await.unwrap();
    Answered {
        status,
        headers,
        text,
    }
}

/// Gives a request a body.
pub(crate) fn json(request: RequestBuilder, body: &impl Serialize) -> RequestBuilder {
    let body = serde_json::to_vec(body).unwrap();
    request.header("content-type", "application/json").body(body)
}

/// A change with a body, from our own page.
pub(crate) async fn post(server: &TestServer, path: &str, by: &By, body: &impl Serialize) -> Answered {
    send(json(from_home(server, Method::POST, path, by), body)).await
}

/// Adds an account with [`PASSWORD`].
pub(crate) async fn add(server: &TestServer, name: &str, role: Role) {
    let change = json!({ "role": role, "agent": format!("agent-of-{name}"), "password": PASSWORD });
    let change = serde_json::from_value(change).unwrap();
    server
        .app
        .auth
        .change_person(name, change, clock::now())
        .await
        .unwrap();
}

/// Tries to sign in.
pub(crate) async fn sign_in(server: &TestServer, name: &str, password: &str) -> Answered {
    post(server, "/api/session", &By::Nobody, &sign_in_body(name, password)).await
}

pub(crate) fn sign_in_body(name: &str, password: &str) -> Value {
    json!({ "name": name, "password": password })
}

/// Adds somebody and signs them in.
pub(crate) async fn signed_in(server: &TestServer, name: &str, role: Role) -> By {
    add(server, name, role).await;
    By::Cookie(sign_in(server, name, PASSWORD).await.cookie())
}

/// Who the server says it is.
pub(crate) async fn who(server: &TestServer, by: &By) -> Result<Session, String> {
    let answer = send(from_home(server, Method::GET, "/api/session", by)).await;
    match answer.status {
        StatusCode::OK => Ok(answer.read()),
        _ => Err(answer.code()),
    }
}

/// Puts a session into the records that began and ends when the test says.
pub(crate) async fn kept(
    server: &TestServer,
    role: Role,
    carrier: Carrier,
    expires_at: i64,
) -> (String, StoredSession) {
    let (secret, hash) = auth::token::fresh().unwrap();
    let session = StoredSession {
        hash,
        name: format!("{role:?}").to_lowercase(),
        role,
        agent: Some("agent-of-somebody".to_owned()),
        carrier,
        created_at: expires_at - 3_600_000,
        expires_at,
    };
    server.app.store.put_session(&session).await.unwrap();
    (secret.reveal().to_owned(), session)
}
