//! The end of a subscriber.

use http::{Method, Request, Response};

use super::{draft, subscriber::check_name};
use crate::config::SubscribersApi;
use crate::{ApiError, ApiKey, Endpoint, Invalid, envelope};

/// `DELETE /subscribers/{subscriber_name}`
///
/// Subscriber Management API §8. For good. Answered with 204 and no body, or with 404.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteSubscriber {
    /// Whom.
    pub subscriber_name: String,
}

impl Endpoint for DeleteSubscriber {
    type Config = SubscribersApi;
    type Credential = ApiKey;
    type Response = ();

    fn request(&self, config: &SubscribersApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        check_name(&self.subscriber_name)?;
        draft(Method::DELETE, config)?
            .path("/subscribers")
            .segment("subscriber_name", &self.subscriber_name)?
            .sign(credential)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<(), ApiError> {
        envelope::done(answer)
    }
}
