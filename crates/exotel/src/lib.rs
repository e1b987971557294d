//! Exotel's wire, as types: every REST operation and every webhook, without a client, a clock or a socket.
//!
//! An operation is its request type: [`Endpoint::request`] checks the documented rules and builds an
//! [`http::Request`]; whoever has a connection sends it; [`Endpoint::parse`] reads the [`http::Response`].
//!
//! - [`subscribers`]: Subscriber Management, six operations; Basic with the account's [`ApiKey`].
//! - [`integrations`]: customers, apps, settings, users, devices and calls; raw [`CustomerToken`] or [`AppToken`].
//! - [`greenpin`]: numbers with pins, five operations; Basic with a [`GreenPinLogin`] of its own.
//! - [`call_details`]: how a call went, from voice API versions 1 and 3.
//! - [`hooks`]: what the platform sends to the customer.
//! - [`operations`]: the table of all of these.
//!
//! Rules that hold everywhere:
//!
//! - What the platform sends is read leniently: both spellings of an id, numbers in strings, words nobody listed,
//!   times that cannot be. Unknown fields stay in `more`. What cannot be read is an error value, never a panic.
//! - What we send is checked strictly, one sentence per rule ([`Invalid`]), before anything leaves.
//! - A [`Secret`] and a [`PhoneNumber`] do not show themselves in `Debug`.
//! - Hosts and names of the account are [`config`]; [`error`] says which error is whose fault.
//!
//! ```
//! use exotel::config::{Base, SubscribersApi};
//! use exotel::subscribers::GetSubscriber;
//! use exotel::{ApiKey, Endpoint};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let api = SubscribersApi::new(Base::new("https://chaotix.apac-sg.exotel.com/v2")?, "exotel1");
//! let key = ApiKey { key: "key".into(), token: "token".into() };
//! let get = GetSubscriber { subscriber_name: "archit".to_owned() };
//! let request = get.request(&api, &key)?;
//! assert_eq!(request.uri().path(), "/v2/accounts/exotel1/subscribers/archit");
//!
//! // ... some client sends it, and this comes back:
//! let answer = http::Response::builder().status(404).body(Vec::new())?;
//! assert!(get.parse(&answer).unwrap_err().is_not_found());
//! # Ok(())
//! # }
//! ```

pub mod call_details;
mod call_words;
pub mod config;
pub mod credential;
mod endpoint;
mod envelope;
pub mod error;
pub mod greenpin;
pub mod hooks;
pub mod integrations;
mod jwt;
pub mod lenient;
pub mod operations;
mod phone_number;
mod refusal;
pub mod secret;
mod sip_secret;
mod spelling;
pub mod subscribers;
mod time;
mod word;

pub use credential::{Anonymous, ApiKey, AppToken, CustomerToken, GreenPinLogin};
pub use endpoint::Endpoint;
pub use error::{ApiError, Invalid};
pub use phone_number::PhoneNumber;
pub use secret::Secret;
pub use sip_secret::{SipSecret, SipSecretError};
pub use time::{IST, Timestamp};
