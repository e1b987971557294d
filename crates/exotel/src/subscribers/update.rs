//! A change to one subscriber.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{Subscriber, SubscriberStatus, draft, subscriber::check_name};
use crate::config::SubscribersApi;
use crate::envelope::Envelope;
use crate::{ApiError, ApiKey, Endpoint, Invalid, Secret, secret};

/// `PUT /subscribers/{subscriber_name}`
///
/// Subscriber Management API §5. The status is mandatory even where only the note changes: send the present one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateSubscriber {
    /// Who changes.
    #[serde(skip)]
    pub subscriber_name: String,
    /// The status from now on.
    pub status: SubscriberStatus,
    /// The note from now on; `None` leaves it.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "secret::reveal_option",
        default
    )]
    pub custom_field: Option<Secret>,
}

impl Endpoint for UpdateSubscriber {
    type Config = SubscribersApi;
    type Credential = ApiKey;
    type Response = Subscriber;

    fn request(&self, config: &SubscribersApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        check_name(&self.subscriber_name)?;
        self.status.check()?;
        draft(Method::PUT, config)?
            .path("/subscribers")
            .segment("subscriber_name", &self.subscriber_name)?
            .sign(credential)?
            .json(self)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Subscriber, ApiError> {
        Envelope::open(answer)?.only()
    }
}
