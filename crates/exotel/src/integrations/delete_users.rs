//! Removing users from an app. Neither operation can be taken back.

use http::{Method, Request, Response};

use super::envelope;
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::{ApiError, AppToken, Endpoint, Invalid};

/// `DELETE /usermapping`
///
/// Integrations API, "Delete all the users under an application". All of them, in one call, for good. Refused with
/// 400, 401 or 500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeleteAllUsers;

impl Endpoint for DeleteAllUsers {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = ();

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        Draft::new(Method::DELETE, &config.base)
            .path("/usermapping")
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<(), ApiError> {
        envelope::done(answer)
    }
}

/// `DELETE /users/{AppUserID}`
///
/// Integrations API, "delete users by AppUserId". For good. Refused with 400, 401 or 500.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteUser {
    /// The customer's own id of the person.
    pub app_user_id: String,
}

impl Endpoint for DeleteUser {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = ();

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        Draft::new(Method::DELETE, &config.base)
            .path("/users")
            .segment("AppUserID", &self.app_user_id)?
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<(), ApiError> {
        envelope::done(answer)
    }
}
