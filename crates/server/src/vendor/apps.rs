//! Apps other than the one in use: each signs with a token of its own secret.

use std::time::Instant;

use exotel::credential::Credential;
use exotel::integrations::{App, DeleteApp, GetApp, Token};
use exotel::{AppToken, Secret};

use super::account::{Api, app_token, no_token};
use super::budget::Pace;
use super::{Operation, Vendor, VendorError, audit, authorization};

impl Vendor {
    /// Works with this app from now on. Its secret is hidden in the vendor's words like the configured ones.
    pub fn use_app(&self, id: String, secret: Secret) {
        self.secrets.learn(&secret);
        self.account.use_app(id, secret);
    }

    /// Whether `secret` is the app's: as the vendor describes it to whoever has its token.
    ///
    /// # Errors
    /// [`super::NoCredential::NoToken`] holds the vendor's no to the secret.
    pub async fn describe_app(&self, id: &str, secret: &Secret) -> Result<App, VendorError> {
        self.secrets.learn(secret);
        let token = self.token_of(id, secret).await?;
        self.once(&GetApp, &token).await
    }

    /// Deletes an app that need not be the one in use, with its settings and users, for good.
    ///
    /// # Errors
    /// As [`Vendor::call`].
    pub async fn delete_app(&self, who: &str, id: &str, secret: &Secret) -> Result<(), VendorError> {
        let outcome = match self.token_of(id, secret).await {
            Ok(token) => self.once(&DeleteApp, &token).await,
            Err(error) => Err(error),
        };
        let store = self.store.as_ref();
        audit::record(store, who, DeleteApp::NAME, id.to_owned(), outcome.as_ref().err()).await;
        outcome
    }

    async fn token_of(&self, id: &str, secret: &Secret) -> Result<AppToken, VendorError> {
        let issued = self.make_token(app_token(id, secret), Token::for_app).await;
        Ok(issued.map_err(no_token)?.token)
    }

    /// One request with a credential that is at hand.
    async fn once<O>(&self, operation: &O, credential: &O::Credential) -> Result<O::Response, VendorError>
    where
        O: Operation,
        O::Credential: Credential,
    {
        let began = Instant::now();
        let request = operation.request(O::Config::of(&self.account), credential)?;
        let shown = authorization(&request);
        let answer = self.send(request, Pace::People).await;
        let outcome = answer.and_then(|answer| {
            let parsed = operation.parse(&answer);
            parsed.map_err(|error| self.secrets.hide(error, &shown))
        });
        let label = outcome.as_ref().err().map_or("done", VendorError::label);
        self.metrics.vendor(O::NAME, label, began.elapsed());
        outcome
    }
}
