//! One subscriber.

use http::{Method, Request, Response};

use super::{Subscriber, draft, subscriber::check_name};
use crate::config::SubscribersApi;
use crate::envelope::Envelope;
use crate::{ApiError, ApiKey, Endpoint, Invalid};

/// `GET /subscribers/{subscriber_name}`
///
/// Subscriber Management API §6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetSubscriber {
    /// Whom.
    pub subscriber_name: String,
}

impl Endpoint for GetSubscriber {
    type Config = SubscribersApi;
    type Credential = ApiKey;
    type Response = Subscriber;

    fn request(&self, config: &SubscribersApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        check_name(&self.subscriber_name)?;
        draft(Method::GET, config)?
            .path("/subscribers")
            .segment("subscriber_name", &self.subscriber_name)?
            .sign(credential)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Subscriber, ApiError> {
        Envelope::open(answer)?.only()
    }
}
