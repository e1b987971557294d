//! One request to a receiver.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use http::StatusCode;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::is_public;
use super::sign::signatures;
use crate::config::CrmWebhook;
use crate::store::StoredOutgoing;

/// The longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// The longest wait for an answer; the scheme advises 15 to 30 s.
const ANSWER: Duration = Duration::from_secs(20);

/// The clients of all receivers.
pub(super) struct Wires(BTreeMap<String, (reqwest::Client, CrmWebhook)>);

/// What came of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Posted {
    /// It was taken.
    Taken(StatusCode),
    /// 410: the receiver wants no more, ever.
    Gone,
    /// It answered otherwise.
    Refused(StatusCode),
    /// No answer: why, a sentence.
    Unheard(&'static str),
}

impl Wires {
    pub(super) fn new(all: &[CrmWebhook]) -> Self {
        let one = |crm: &CrmWebhook| Some((crm.name.clone(), (client(crm)?, crm.clone())));
        Self(all.iter().filter_map(one).collect())
    }

    /// Sends it once, signed as of `seconds`. What is answered is not read.
    pub(super) async fn post(&self, stored: &StoredOutgoing, seconds: i64) -> Posted {
        let outgoing = &stored.outgoing;
        let Some((client, crm)) = self.0.get(&outgoing.endpoint) else {
            return Posted::Unheard("The configuration has no receiver of this name any more.");
        };
        let signature = signatures(&crm.secrets, &outgoing.message, seconds, &outgoing.body);
        let answer = client
            .post(crm.url.reveal())
            .header("content-type", "application/json")
            .header("webhook-id", &outgoing.message)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", signature)
            .body(outgoing.body.clone())
            .send()
            .await;
        match answer.map(|answer| answer.status()) {
            Ok(StatusCode::GONE) => Posted::Gone,
            Ok(status) if status.is_success() => Posted::Taken(status),
            Ok(status) => Posted::Refused(status),
            Err(error) if error.is_timeout() => Posted::Unheard("No answer came in time."),
            Err(error) if error.is_connect() => Posted::Unheard(
                "It could not be reached: no such host, nobody there, a private address, or bad TLS.",
            ),
            Err(_) => Posted::Unheard("The connection broke before an answer came."),
        }
    }
}

/// Follows no redirect: it could lead inside, and the receiver is who the configuration says. Uses no proxy of the
/// environment.
fn client(crm: &CrmWebhook) -> Option<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("softphone/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy();
    let builder = match crm.private {
        true => builder,
        false => builder.dns_resolver(PublicOnly),
    };
    let client = builder.build();
    client
        .inspect_err(|error| tracing::error!(%error, crm = crm.name, "no HTTP client can be made"))
        .ok()
}

/// Names that lead to public addresses. What it gives is what is connected to: a name cannot change its mind in between.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            match public.is_empty() {
                true => Err("the name leads to no public address".into()),
                false => Ok(Box::new(public.into_iter()) as Addrs),
            }
        })
    }
}
