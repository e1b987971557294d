//! The platform's own HTTP client: webhooks and dial-whom. Plain `http` only, as laptops and tests speak it.

use std::fmt;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Uri, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// The longest answer that is read.
const LONGEST: usize = 64 * 1024;

/// A request, before it is bytes.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) body: String,
}

impl Outgoing {
    pub(crate) fn post(url: String, content_type: &'static str, body: String) -> Self {
        Self {
            method: Method::POST,
            url,
            content_type: Some(content_type),
            body,
        }
    }

    pub(crate) fn get(url: String) -> Self {
        Self {
            method: Method::GET,
            url,
            content_type: None,
            body: String::new(),
        }
    }
}

/// The URL and the body hold secrets and numbers.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SendError {
    /// The URL is none.
    BadUrl,
    /// It is `https` or something else.
    NotHttp,
    /// Nobody listens there, or the name is unknown.
    Unreachable,
    /// The connection broke before an answer.
    Broken,
    /// No answer in time.
    TooSlow,
    /// More than 64 KiB of it.
    TooLong,
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadUrl => "the URL cannot be read",
            Self::NotHttp => "only http URLs can be reached from here",
            Self::Unreachable => "nobody answers at this address",
            Self::Broken => "the connection broke",
            Self::TooSlow => "no answer in time",
            Self::TooLong => "the answer is too long",
        })
    }
}

impl std::error::Error for SendError {}

/// Sends requests; each on a connection of its own, so that a receiver's restart is never felt.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    hyper: Hyper<HttpConnector, Body>,
}

impl Default for Client {
    fn default() -> Self {
        let hyper = Hyper::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build_http();
        Self { hyper }
    }
}

impl Client {
    /// Sends a request and reads the answer: status and body. Redirects are answers like any other.
    pub(crate) async fn send(
        &self,
        outgoing: Outgoing,
        limit: Duration,
    ) -> Result<(u16, Vec<u8>), SendError> {
        let uri: Uri = outgoing.url.parse().map_err(|_| SendError::BadUrl)?;
        match uri.scheme_str() {
            Some("http") if uri.host().is_some_and(|host| !host.is_empty()) => {}
            Some("http") | None => return Err(SendError::BadUrl),
            Some(_) => return Err(SendError::NotHttp),
        }
        let (uri, basic) = without_userinfo(uri)?;
        let mut request = Request::builder()
            .method(outgoing.method)
            .uri(uri)
            .header(header::USER_AGENT, "Exotel-Sandbox");
        if let Some(basic) = basic {
            request = request.header(header::AUTHORIZATION, basic);
        }
        if let Some(kind) = outgoing.content_type {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request
            .body(Body::from(outgoing.body))
            .map_err(|_| SendError::BadUrl)?;
        tokio::time::timeout(limit, self.exchange(request))
            .await
            .unwrap_or(Err(SendError::TooSlow))
    }

    async fn exchange(&self, request: Request<Body>) -> Result<(u16, Vec<u8>), SendError> {
        let answer = self.hyper.request(request).await.map_err(|why| {
            if why.is_connect() {
                SendError::Unreachable
            } else {
                SendError::Broken
            }
        })?;
        let status = answer.status().as_u16();
        let body = to_bytes(Body::new(answer.into_body()), LONGEST)
            .await
            .map_err(|_| SendError::TooLong)?;
        Ok((status, body.to_vec()))
    }
}

/// Credentials in a URL travel as a Basic header: the only ones the platform can be given.
fn without_userinfo(uri: Uri) -> Result<(Uri, Option<String>), SendError> {
    let authority = uri.authority().map(|it| it.as_str()).unwrap_or_default();
    let Some((userinfo, place)) = authority.rsplit_once('@') else {
        return Ok((uri, None));
    };
    let plain = percent_encoding::percent_decode_str(userinfo).collect::<Vec<u8>>();
    let basic = format!("Basic {}", STANDARD.encode(plain));
    let place = place.parse().map_err(|_| SendError::BadUrl)?;
    let mut parts = uri.into_parts();
    parts.authority = Some(place);
    let uri = Uri::from_parts(parts).map_err(|_| SendError::BadUrl)?;
    Ok((uri, Some(basic)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_of_a_url_become_a_header() {
        let (uri, basic) =
            without_userinfo("http://plat%40form:pass@127.0.0.1:80/hooks?a=1".parse().unwrap()).unwrap();
        assert_eq!(uri, "http://127.0.0.1:80/hooks?a=1");
        assert_eq!(
            basic.unwrap(),
            format!("Basic {}", STANDARD.encode("plat@form:pass"))
        );
        let (uri, basic) = without_userinfo("http://127.0.0.1/x".parse().unwrap()).unwrap();
        assert_eq!((uri.to_string().as_str(), basic), ("http://127.0.0.1/x", None));
    }
}
