//! The side that has the password.

use super::compute::{Inputs, nonce_count};
use super::{Accepted, Challenges, DigestError};
use crate::header::{Authorization, Credentials, Header, ProxyAuthorization};
use crate::message::{Request, Response};
use crate::secret::Secret;

/// One user's way through any number of challenges. Keep one per account: it counts the uses of each nonce.
#[derive(Debug)]
pub struct Client {
    user: String,
    password: Secret,
    sessions: Vec<Session>,
}

/// What a realm last demanded.
#[derive(Debug)]
struct Session {
    /// Demanded by a 407, so answered in Proxy-Authorization.
    proxy: bool,
    challenge: Accepted,
    /// Uses of the nonce so far.
    count: u32,
    /// The client nonce of the first use, which the `-sess` algorithms hold on to.
    first_cnonce: Option<String>,
    /// How often in a row an answer to a fresh nonce was called stale.
    stale_in_a_row: u8,
}

/// After this many the server is not going to like any nonce.
const MOST_STALE: u8 = 3;

/// More realms than any path of proxies has; keeps a hostile server from growing us.
const MOST_REALMS: usize = 8;

impl Client {
    /// A client for `user`.
    pub fn new(user: impl Into<String>, password: Secret) -> Self {
        Self {
            user: user.into(),
            password,
            sessions: Vec::new(),
        }
    }

    /// Prepares `request`, which `response` (401 or 407) refused, to be sent again: its credentials are replaced.
    /// The caller gives it a new branch and the next CSeq. `cnonce` must be fresh and unguessable.
    ///
    /// An error is final. In particular [`DigestError::WrongPassword`] says that the request carried the answer
    /// to a fresh challenge already, so each request is retried at most once, save for stale nonces.
    pub fn retry(
        &mut self,
        response: &Response,
        request: &mut Request,
        cnonce: &str,
    ) -> Result<(), DigestError> {
        let proxy = response.status == 407;
        for challenge in Challenges::of(response)?.into_vec() {
            let sent = carried(request, proxy, &challenge.realm);
            self.learn(proxy, challenge, sent.as_ref())?;
        }
        self.apply(request, cnonce);
        Ok(())
    }

    /// Puts credentials for every realm that has challenged us into `request`, so that a nonce is used on without
    /// another 401. Servers that know no nonce count get none: they would have to ask first anyway.
    pub fn authorize(&mut self, request: &mut Request, cnonce: &str) {
        if self.sessions.iter().any(|s| s.challenge.auth) {
            self.apply(request, cnonce);
        }
    }

    /// Forgets every nonce, as for a new connection to another server.
    pub fn forget(&mut self) {
        self.sessions.clear();
    }

    fn learn(
        &mut self,
        proxy: bool,
        challenge: Accepted,
        sent: Option<&Credentials>,
    ) -> Result<(), DigestError> {
        let at = self
            .sessions
            .iter()
            .position(|s| s.proxy == proxy && s.challenge.realm == challenge.realm);
        let known = at.and_then(|i| self.sessions.get_mut(i));
        let mut stale_in_a_row = 0;
        if let Some(sent) = sent {
            let sent_nonce = sent.params.get("nonce").unwrap_or("");
            // A first use is the answer to a challenge just received; a later one may have met an expired nonce
            // that the server forgot to call stale. Without a count every use is a first one.
            let first_use = matches!(sent.params.get("nc"), None | Some("00000001"));
            if !challenge.stale && (first_use || sent_nonce == challenge.nonce) {
                return Err(DigestError::WrongPassword);
            }
            if challenge.stale && first_use {
                stale_in_a_row = known.as_ref().map_or(0, |s| s.stale_in_a_row) + 1;
                if stale_in_a_row >= MOST_STALE {
                    return Err(DigestError::EndlesslyStale);
                }
            }
        }
        match known {
            // The same nonce again, for another request: its uses are counted on.
            Some(session) if session.challenge.nonce == challenge.nonce => session.challenge = challenge,
            Some(session) => {
                *session = Session {
                    stale_in_a_row,
                    ..Session::new(proxy, challenge)
                }
            }
            None => {
                if self.sessions.len() >= MOST_REALMS {
                    self.sessions.remove(0);
                }
                self.sessions.push(Session::new(proxy, challenge));
            }
        }
        Ok(())
    }

    fn apply(&mut self, request: &mut Request, cnonce: &str) {
        request.headers.remove(name(false));
        request.headers.remove(name(true));
        let uri = request.uri.as_text().to_owned();
        for session in &mut self.sessions {
            let credentials =
                session.credentials(&self.user, &self.password, request.method.as_str(), &uri, cnonce);
            let mut value = String::new();
            // Two names, one grammar.
            Authorization(credentials).write(&mut value);
            // Quoted strings are written without control characters, so this is a legal value.
            let _ = request.headers.push_raw(name(session.proxy), &value);
        }
    }
}

impl Session {
    fn new(proxy: bool, challenge: Accepted) -> Self {
        Self {
            proxy,
            challenge,
            count: 0,
            first_cnonce: None,
            stale_in_a_row: 0,
        }
    }

    fn credentials(
        &mut self,
        user: &str,
        password: &Secret,
        method: &str,
        uri: &str,
        cnonce: &str,
    ) -> Credentials {
        self.count = self.count.saturating_add(1);
        let challenge = &self.challenge;
        let session = challenge.algorithm().is_session();
        // Servers differ on which cnonce binds a session; sending the first one throughout satisfies all.
        let first = self.first_cnonce.get_or_insert_with(|| cnonce.to_owned());
        let cnonce = if session { first.as_str() } else { cnonce };
        let nc = nonce_count(self.count);
        let response = Inputs {
            algorithm: challenge.algorithm(),
            user,
            realm: &challenge.realm,
            password: password.reveal(),
            nonce: &challenge.nonce,
            auth: challenge.auth.then_some((nc.as_str(), cnonce)),
            session: cnonce,
            method,
            uri,
        }
        .response();

        let mut credentials = Credentials::digest();
        let params = &mut credentials.params;
        params.set_quoted("username", user);
        params.set_quoted("realm", &challenge.realm);
        params.set_quoted("nonce", &challenge.nonce);
        params.set_quoted("uri", uri);
        params.set_quoted("response", &response);
        if let Some(algorithm) = challenge.algorithm {
            params.set("algorithm", algorithm.as_str());
        }
        if challenge.auth || session {
            params.set_quoted("cnonce", cnonce);
        }
        if let Some(opaque) = &challenge.opaque {
            params.set_quoted("opaque", opaque);
        }
        if challenge.auth {
            params.set("qop", "auth");
            params.set("nc", &nc);
        }
        credentials
    }
}

/// The header that carries credentials for a proxy, or else for a server.
fn name(proxy: bool) -> &'static str {
    if proxy {
        ProxyAuthorization::NAME
    } else {
        Authorization::NAME
    }
}

/// The credentials for `realm` that `request` carries.
fn carried(request: &Request, proxy: bool, realm: &str) -> Option<Credentials> {
    request
        .headers
        .all(name(proxy))
        .filter_map(|value| Some(Authorization::parse(value).ok()?.0))
        .find(|c| c.is_digest() && c.params.get("realm") == Some(realm))
}

#[cfg(test)]
mod tests;
