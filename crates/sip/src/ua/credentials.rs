//! Answering 401 and 407 (RFC 3261 §22), once per request.

use super::config::Config;
use crate::digest::{Client, DigestError};
use crate::entropy::Entropy;
use crate::message::{Method, Request, Response};

/// Why a challenge was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AuthError {
    /// Our answer to a fresh challenge was refused.
    WrongPassword,
    /// Nothing we can compute.
    Unsupported,
}

/// Our credentials with the nonces last given to us: one set for the registrar, one for calls, so that what the
/// registrar may check never travels to a far end.
pub(crate) struct Wallet {
    registrar: Client,
    calls: Client,
}

impl Wallet {
    pub(crate) fn new(config: &Config) -> Self {
        let user = config
            .auth_user
            .clone()
            .or_else(|| config.address.user())
            .unwrap_or_default();
        let calls = Client::new(user.clone(), config.password.clone());
        Self {
            registrar: Client::new(user, config.password.clone()),
            calls,
        }
    }

    fn pick(&mut self, method: &Method) -> &mut Client {
        if *method == Method::Register {
            &mut self.registrar
        } else {
            &mut self.calls
        }
    }

    /// Adds credentials over remembered nonces, so that most requests pass at the first try.
    pub(crate) fn present(&mut self, request: &mut Request, entropy: &mut Entropy) {
        let cnonce = entropy.token(16);
        self.pick(&request.method).authorize(request, &cnonce);
    }

    /// Answers the challenge of a 401 or 407 in `request`.
    pub(crate) fn answer(
        &mut self,
        request: &mut Request,
        challenge: &Response,
        entropy: &mut Entropy,
    ) -> Result<(), AuthError> {
        let cnonce = entropy.token(16);
        let client = self.pick(&request.method);
        client
            .retry(challenge, request, &cnonce)
            .map_err(|error| match error {
                DigestError::WrongPassword => AuthError::WrongPassword,
                DigestError::NoChallenge | DigestError::Unsupported | DigestError::EndlesslyStale => {
                    AuthError::Unsupported
                }
            })
    }
}
