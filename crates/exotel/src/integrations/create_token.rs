//! A token of the Integrations API.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::envelope;
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::{Anonymous, ApiError, AppToken, CustomerToken, Endpoint, Invalid, Secret, jwt, secret};

/// How long a token lives, in seconds, where it does not say itself: 90 days.
const TOKEN_SECONDS: i64 = 90 * 24 * 60 * 60;

/// Whom a token stands for, which decides what it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Entity {
    /// The customer: itself, and the list of its apps.
    Customer,
    /// One app: its settings, users, devices and calls.
    App,
}

/// `POST /token`
///
/// Integrations API, "Creates an authentication token". Refused with 400, 401 or 500.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateToken {
    /// The id of the customer or app.
    pub id: String,
    /// Its secret.
    #[serde(serialize_with = "secret::reveal")]
    pub secret: Secret,
    /// Which of the two it is.
    pub entity: Entity,
}

/// A token: opaque, though live ones are JWTs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(pub Secret);

impl Token {
    /// When it ends, in seconds since 1970, for a token issued at `issued` (same unit).
    pub fn ends(&self, issued: i64) -> i64 {
        jwt::expiry(self.0.reveal()).unwrap_or_else(|| issued.saturating_add(TOKEN_SECONDS))
    }

    /// As the credential of a customer, for a token made with [`Entity::Customer`].
    pub fn for_customer(self) -> CustomerToken {
        CustomerToken(self.0)
    }

    /// As the credential of an app, for a token made with [`Entity::App`].
    pub fn for_app(self) -> AppToken {
        AppToken(self.0)
    }
}

impl Endpoint for CreateToken {
    type Config = IntegrationsApi;
    type Credential = Anonymous;
    type Response = Token;

    fn request(&self, config: &IntegrationsApi, credential: &Anonymous) -> Result<Request<Vec<u8>>, Invalid> {
        if self.id.trim().is_empty() {
            return Err(Invalid::new("Id", "The id of the customer or app is needed."));
        }
        if self.secret.is_empty() {
            return Err(Invalid::new(
                "Secret",
                "The secret of the customer or app is needed.",
            ));
        }
        Draft::new(Method::POST, &config.base)
            .path("/token")
            .sign(credential)?
            .json(self)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Token, ApiError> {
        match envelope::data(answer)? {
            Value::String(token) if !token.is_empty() => Ok(Token(Secret::new(token))),
            _ => Err(ApiError::unreadable(
                answer.status().as_u16(),
                "`Data` is no token",
            )),
        }
    }
}
