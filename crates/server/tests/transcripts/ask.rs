//! A request, as it is sent and as it is shown.

use reqwest::{Method, Response};
use serde_json::Value;

use crate::support::server::{Signed, TestServer};

/// What `public_origin` is in tests.
pub(crate) const HOME: &str = "https://phone.test";

/// One request.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    /// With its query.
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// Secrets in it, and what is shown for them.
    pub(crate) secrets: Vec<(String, String)>,
}

/// Begins a request.
pub(crate) fn ask(method: Method, path: impl Into<String>) -> Ask {
    Ask {
        method,
        path: path.into(),
        headers: Vec::new(),
        body: Vec::new(),
        secrets: Vec::new(),
    }
}

impl Ask {
    /// As somebody signed in, from a frame.
    pub(crate) fn by(mut self, who: &Signed) -> Self {
        let shown = format!("<session of {}>", who.name);
        self.secrets.push((who.token.clone(), shown));
        let asked = self.header("authorization", &who.bearer());
        match asked.method.is_safe() {
            true => asked,
            false => asked.header(protocol::CHANGE_HEADER, "1"),
        }
    }

    /// As a CRM's backend.
    pub(crate) fn with_key(mut self, key: &str) -> Self {
        self.secrets.push((key.to_owned(), "<API key>".to_owned()));
        self.header("authorization", &format!("Bearer {key}"))
    }

    /// As somebody signed in at top level.
    pub(crate) fn with_cookie(mut self, secret: &str) -> Self {
        self.secrets.push((secret.to_owned(), "<session>".to_owned()));
        let cookie = format!("{}={secret}", server::auth::cookie::NAME);
        self.header("cookie", &cookie)
    }

    /// As our own page at top level, before anybody has signed in.
    pub(crate) fn at_our_page(self) -> Self {
        self.header(protocol::CHANGE_HEADER, "1").header("origin", HOME)
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.text("application/json", &body.to_string())
    }

    pub(crate) fn text(mut self, kind: &str, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self.header("content-type", kind)
    }

    /// Sends it, without showing it to anybody.
    pub(crate) async fn send(&self, server: &TestServer) -> Response {
        let url = server.url(&self.path);
        let mut request = server.http.request(self.method.clone(), url);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request.body(self.body.clone()).send().await.unwrap()
    }
}
