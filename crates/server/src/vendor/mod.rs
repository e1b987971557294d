//! The one client of the vendor's APIs.
//!
//! ```text
//! call(who, operation) -> credential (token made, kept, renewed) -> budget -> wire, retried where safe -> answer
//!                                                      a change, however it went -> audit record
//! ```
//! An operation's type chooses the API and the credential, so the wrong one does not compile. After 401 a token is made
//! anew and the request sent once more. No request that may have arrived is sent twice, unless it only reads.

mod account;
mod apps;
mod audit;
mod budget;
mod error;
mod known_secrets;
mod operation;
mod refused;
mod retry;
mod slot;
mod subscriber_tokens;
mod wire;

use std::sync::Arc;
use std::time::Instant;

use exotel::error::Kind;
use exotel::integrations::{CreateToken, GetApp, GetUser, Token, User};
use exotel::subscribers::SubscriberToken;
use exotel::{Anonymous, ApiError, Endpoint};
use http::header::AUTHORIZATION;
use http::{Request, Response};
use tokio::sync::OnceCell;

pub use error::{Broken, NoCredential, VendorError};
pub use operation::Operation;

use account::{Account, Api, Held, missing, no_token};
use budget::{Budget, Pace};
use known_secrets::KnownSecrets;
use slot::Issued;
use subscriber_tokens::SubscriberTokens;
use wire::Wire;

use crate::clock;
use crate::config::Config;
use crate::ops::Metrics;
use crate::store::Store;

/// Who does what nobody at a screen asked for.
pub const SYSTEM: &str = "system";

/// Sends requests, keeps tokens, records changes.
pub struct Vendor {
    account: Account,
    wire: Wire,
    budget: Budget,
    subscriber_tokens: SubscriberTokens,
    found_customer: OnceCell<String>,
    secrets: KnownSecrets,
    store: Arc<dyn Store>,
    metrics: Metrics,
}

impl Vendor {
    /// For the account of `config`.
    pub fn new(config: &Config, store: Arc<dyn Store>, metrics: Metrics) -> Self {
        Self {
            account: Account::new(&config.vendor),
            wire: Wire::new(config.vendor.timeout),
            budget: Budget::new(config.reconcile.per_minute),
            subscriber_tokens: SubscriberTokens::default(),
            found_customer: OnceCell::new(),
            secrets: KnownSecrets::of(config),
            store,
            metrics,
        }
    }

    /// Runs an operation for `who`, the account's name. A change is recorded, however it went.
    ///
    /// # Errors
    /// [`VendorError::outcome_is_unknown`] says whether it may have taken place all the same.
    pub async fn call<O: Operation>(&self, who: &str, operation: &O) -> Result<O::Response, VendorError> {
        self.run(who, operation, Pace::People).await
    }

    /// The same for work that nobody waits for: it stays under the configured rate and leaves room for people.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub async fn call_in_background<O: Operation>(&self, operation: &O) -> Result<O::Response, VendorError> {
        self.run(SYSTEM, operation, Pace::Background).await
    }

    /// The same in somebody's name: a job that `who` has started.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub async fn call_for_job<O: Operation>(
        &self,
        who: &str,
        operation: &O,
    ) -> Result<O::Response, VendorError> {
        self.run(who, operation, Pace::Background).await
    }

    /// An agent's user, SIP password included.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub async fn user(&self, who: &str, agent: &str) -> Result<User, VendorError> {
        let get = GetUser {
            app_user_id: agent.to_owned(),
        };
        self.call(who, &get).await
    }

    /// A token for a subscriber's phone: the one it has, unless that is near its end.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub async fn subscriber_token(
        &self,
        who: &str,
        subscriber: &str,
        device: &str,
    ) -> Result<SubscriberToken, VendorError> {
        self.subscriber_tokens.get(self, who, subscriber, device).await
    }

    /// The id of the app in use.
    pub fn app_id(&self) -> String {
        self.account.app_id()
    }

    /// The customer's id: as configured, else as the app has it.
    ///
    /// # Errors
    /// Always one after which nothing was sent: without it there is nothing to send.
    pub async fn customer_id(&self) -> Result<String, VendorError> {
        if let Some(id) = self.account.customer_id() {
            return Ok(id.to_owned());
        }
        let ask = || async {
            let app = self.call(SYSTEM, &GetApp).await.map_err(no_token)?;
            // An app that does not say whose it is may say so the next time.
            let id = Some(app.customer_id).filter(|id| !id.is_empty());
            id.ok_or(missing("vendor.customer_id"))
        };
        self.found_customer.get_or_try_init(ask).await.cloned()
    }

    async fn run<O: Operation>(
        &self,
        who: &str,
        operation: &O,
        pace: Pace,
    ) -> Result<O::Response, VendorError> {
        let began = Instant::now();
        let outcome = self.signed(operation, pace).await;
        let label = outcome.as_ref().err().map_or("done", VendorError::label);
        self.metrics.vendor(O::NAME, label, began.elapsed());
        if let Err(error) = &outcome {
            tracing::warn!(operation = O::NAME, result = label, kind = ?error.kind(), "the vendor did not do it");
        }
        if O::CHANGES {
            let (store, target) = (self.store.as_ref(), operation.target());
            audit::record(store, who, O::NAME, target, outcome.as_ref().err()).await;
        }
        outcome
    }

    /// Signs, sends, and once more with a new token after 401.
    async fn signed<O: Operation>(&self, operation: &O, pace: Pace) -> Result<O::Response, VendorError> {
        let mut renewed = false;
        loop {
            let credential = O::Credential::obtain(self).await?;
            let request = operation.request(O::Config::of(&self.account), &credential)?;
            let shown = authorization(&request);
            let answer = self.send(request, pace).await?;
            match operation.parse(&answer) {
                Err(error) if !renewed && is_unauthorized(&error) && credential.refused(self) => {
                    renewed = true
                }
                outcome => return outcome.map_err(|error| self.secrets.hide(error, &shown)),
            }
        }
    }

    /// Sends, and again where that is safe.
    async fn send(&self, request: Request<Vec<u8>>, pace: Pace) -> Result<Response<Vec<u8>>, VendorError> {
        let mut tries = 0;
        loop {
            self.budget.take(pace).await?;
            let outcome = self.wire.send(request.clone()).await;
            match retry::pause(request.method(), tries, &outcome, jitter()) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return outcome,
            }
            tries += 1;
        }
    }

    /// Makes a token of the Integrations API. No change of the account, so it leaves no record.
    async fn make_token<T>(&self, ask: CreateToken, kind: fn(Token) -> T) -> Result<Issued<T>, VendorError> {
        let (at, began) = (clock::now(), Instant::now());
        let request = ask.request(Api::of(&self.account), &Anonymous)?;
        let answer = self.send(request, Pace::People).await;
        let outcome = answer.and_then(|answer| {
            let parsed = ask.parse(&answer);
            parsed.map_err(|error| self.secrets.hide(error, ""))
        });
        let label = outcome.as_ref().err().map_or("done", VendorError::label);
        self.metrics.vendor("create_token", label, began.elapsed());
        let token = outcome?;
        let ends = token.ends(at / 1000).saturating_mul(1000);
        let token = kind(token);
        Ok(Issued { token, at, ends })
    }
}

/// What signs the request, to be hidden in the answer's words.
fn authorization(request: &Request<Vec<u8>>) -> String {
    let header = request.headers().get(AUTHORIZATION);
    let text = header.and_then(|value| value.to_str().ok());
    text.unwrap_or_default().to_owned()
}

fn is_unauthorized(error: &ApiError) -> bool {
    error
        .refusal()
        .is_some_and(|refusal| refusal.kind == Kind::Unauthorized)
}

/// Any byte; 0 where the system has none to give.
fn jitter() -> u8 {
    let mut byte = [0];
    match getrandom::fill(&mut byte) {
        Ok(()) => byte[0],
        Err(_) => 0,
    }
}
