//! The headers that a browser enforces, around every answer.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;

use crate::config::Config;

/// Marks an answer as a file of the page; others get the policy of the API.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page;

/// Marks the page as the window that a frame of ours opens: the two have to keep each other, and nobody shows it in a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entrance;

/// Marks a script that pages of other sites load as a module, for which browsers want to be told that they may.
#[derive(Clone, Copy, Debug)]
pub(super) struct ForHosts;

/// The policies of this server, ready to be sent.
#[derive(Clone, Debug)]
pub(super) struct Policies {
    page: HeaderValue,
    entrance: HeaderValue,
    secure: bool,
}

/// An answer of the API is data: nothing in it may load or run, and nobody frames it.
const API: &str = "default-src 'none'; frame-ancestors 'none'";
/// For those who came over https: for a year, only so.
const HSTS: &str = "max-age=31536000";

impl Policies {
    /// Those that `config` asks for.
    pub(super) fn of(config: &Config) -> Self {
        // Every part was checked with the configuration; if one slips through, the page loads nothing.
        let value = |policy: String| HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(API));
        let embeds = joined(config.sessions.embed_origins.iter().map(String::as_str));
        Self {
            page: value(policy(config, &format!("'self'{embeds}"))),
            entrance: value(policy(config, "'none'")),
            secure: config.public_origin.starts_with("https://"),
        }
    }
}

/// What the page may load, run, reach, and who may frame it. `wasm-unsafe-eval` compiles WebAssembly and nothing else.
fn policy(config: &Config, around: &str) -> String {
    let mut edges: Vec<&str> = match config.phone.any_server {
        true => vec!["ws:", "wss:"],
        false => config.phone.servers.iter().map(|url| site_of(url)).collect(),
    };
    edges.dedup();
    let edges = joined(edges.into_iter());
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         media-src 'self' mediastream:; font-src 'self'; connect-src 'self'{edges}; worker-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors {around}; \
         require-trusted-types-for 'script'; trusted-types phone"
    )
}

fn joined<'a>(sources: impl Iterator<Item = &'a str>) -> String {
    sources.map(|source| format!(" {source}")).collect()
}

/// Scheme, host and port of a URL: a policy's path would have to match to the letter.
fn site_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url
        .get(start..)
        .and_then(|rest| rest.find(['/', '?']))
        .map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}

/// Adds them to every answer.
pub(super) async fn add(State(policies): State<Policies>, mut response: Response) -> Response {
    let is_page = response.extensions().get::<Page>().is_some();
    let is_entrance = response.extensions().get::<Entrance>().is_some();
    let for_hosts = response.extensions().get::<ForHosts>().is_some();
    let headers = response.headers_mut();
    if for_hosts {
        put(headers, "access-control-allow-origin", "*");
    }
    if is_page {
        let (policy, opener) = match is_entrance {
            // Anything stricter would part it from the frame, whose top page is another site's.
            true => (&policies.entrance, "unsafe-none"),
            false => (&policies.page, "same-origin"),
        };
        headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        put(headers, "cross-origin-opener-policy", opener);
        put(
            headers,
            "permissions-policy",
            "microphone=(self), camera=(), geolocation=()",
        );
    } else {
        put(headers, "content-security-policy", API);
    }
    put(headers, "referrer-policy", "no-referrer");
    put(headers, "x-content-type-options", "nosniff");
    if policies.secure {
        put(headers, "strict-transport-security", HSTS);
    }
    response
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &'static str) {
    headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
}
