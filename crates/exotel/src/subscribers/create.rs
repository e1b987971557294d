//! Several subscribers at once.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Subscriber, draft, subscriber::check_name};
use crate::config::SubscribersApi;
use crate::envelope::Envelope;
use crate::{ApiError, ApiKey, Endpoint, Invalid, Secret, secret};

/// `POST /subscribers`
///
/// Subscriber Management API §4. Answered with a 207 whose items succeed or fail one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateSubscribers {
    /// One to [`SubscribersApi::most_per_bulk`] of them.
    pub subscribers: Vec<NewSubscriber>,
}

/// A subscriber to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSubscriber {
    /// 1 to 16 letters and digits, unique in the account.
    pub subscriber_name: String,
    /// The customer's own note. Hidden: it is about a person.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "secret::reveal_option",
        default
    )]
    pub custom_field: Option<Secret>,
}

impl NewSubscriber {
    /// The documented rules for one subscriber.
    ///
    /// # Errors
    /// [`Invalid`] names the first one broken.
    pub fn check(&self) -> Result<(), Invalid> {
        check_name(&self.subscriber_name)
    }
}

/// What became of each of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Created {
    /// One result per item of the answer, in its order, which is the request's.
    pub results: Vec<Result<Subscriber, ApiError>>,
    /// How many failed, by the platform's count where it gives one.
    pub failed: u64,
    /// How many succeeded, likewise.
    pub succeeded: u64,
}

impl Endpoint for CreateSubscribers {
    type Config = SubscribersApi;
    type Credential = ApiKey;
    type Response = Created;

    fn request(&self, config: &SubscribersApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        if self.subscribers.is_empty() || self.subscribers.len() > config.most_per_bulk {
            let most = config.most_per_bulk;
            return Err(Invalid::new(
                "subscribers",
                format!("One request creates 1 to {most} subscribers."),
            ));
        }
        for (index, subscriber) in self.subscribers.iter().enumerate() {
            let name = &subscriber.subscriber_name;
            subscriber
                .check()
                .map_err(|invalid| invalid.at("subscribers", index))?;
            if self
                .subscribers
                .iter()
                .take(index)
                .any(|earlier| earlier.subscriber_name == *name)
            {
                let twice = Invalid::new("subscriber_name", "A name occurs once in a request.");
                return Err(twice.at("subscribers", index));
            }
        }
        draft(Method::POST, config)?
            .path("/subscribers")
            .sign(credential)?
            .json(self)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Created, ApiError> {
        let envelope = Envelope::open(answer)?;
        // Without items the answer as a whole is the result.
        if envelope.body.get("response").is_none_or(Value::is_null) {
            envelope.refused_as_a_whole()?;
            return Err(envelope.unreadable("there is no `response` in it"));
        }
        let results: Vec<_> = envelope
            .items()
            .iter()
            .map(|item| envelope.record(item))
            .collect();
        let failures = results.iter().filter(|result| result.is_err()).count();
        let count = |name: &str, counted: usize| {
            let count = envelope
                .body
                .get("metadata")
                .and_then(|data| data.get(name))
                .and_then(Value::as_u64);
            count.unwrap_or(counted as u64)
        };
        Ok(Created {
            failed: count("failed", failures),
            succeeded: count("success", results.len() - failures),
            results,
        })
    }
}
