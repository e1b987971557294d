//! A call between two numbers, without an app.

use http::{Method, Request, Response};

use super::{Call, v1};
use crate::config::VoiceApi;
use crate::endpoint::Draft;
use crate::{ApiError, ApiKey, Endpoint, Invalid, PhoneNumber, Secret};

/// The longest time limit, in seconds.
const LONGEST: u32 = 14_400;

/// `POST /Accounts/{account_sid}/Calls/connect.json`
///
/// Not in the seeds: the vendor's page on making a call, version 1. `From` is rung first, then `To`. Limited to 200
/// a minute for an account (429).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectCall {
    /// Who is rung first: a number, or a SIP user.
    pub from: PhoneNumber,
    /// Who is called then.
    pub to: PhoneNumber,
    /// The account's number that both see.
    pub caller_id: PhoneNumber,
    /// Seconds after which the call is ended, at most 14,400.
    pub time_limit: Option<u32>,
    /// Seconds to ring.
    pub time_out: Option<u32>,
    /// Whether to record it.
    pub record: Option<bool>,
    /// Text that comes back in callbacks.
    pub custom_field: Option<String>,
    /// URL that hears of the call's end (and its answer, if `answered` is set).
    pub status_callback: Option<Secret>,
    /// Whether that URL also hears when the call is answered.
    pub answered: bool,
}

impl Endpoint for ConnectCall {
    type Config = VoiceApi;
    type Credential = ApiKey;
    type Response = Call;

    fn request(&self, config: &VoiceApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        if !self.from.reveal().starts_with("sip:") {
            self.from.must_be_dialable("From")?;
        }
        self.to.must_be_dialable("To")?;
        self.caller_id.must_be_dialable("CallerId")?;
        if self
            .time_limit
            .is_some_and(|seconds| !(1..=LONGEST).contains(&seconds))
        {
            return Err(Invalid::new("TimeLimit", "A call lasts 1 to 14400 seconds."));
        }
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        let (limit, ring) = (number(self.time_limit), number(self.time_out));
        let record = self.record.map(|record| if record { "true" } else { "false" });
        let callback = self.status_callback.as_ref().map(Secret::reveal);
        let fields: Vec<_> = [
            ("From", Some(self.from.reveal())),
            ("To", Some(self.to.reveal())),
            ("CallerId", Some(self.caller_id.reveal())),
            ("CallType", Some("trans")),
            ("TimeLimit", limit.as_deref()),
            ("TimeOut", ring.as_deref()),
            ("Record", record),
            ("CustomField", self.custom_field.as_deref()),
            ("StatusCallback", callback),
            ("StatusCallbackEvents[0]", callback.map(|_| "terminal")),
            (
                "StatusCallbackEvents[1]",
                callback.filter(|_| self.answered).map(|_| "answered"),
            ),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
        Draft::new(Method::POST, &config.v1)
            .path("/Accounts")
            .segment("account_sid", &config.account_sid)?
            .path("/Calls/connect.json")
            .sign(credential)?
            .form(&fields)
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Call, ApiError> {
        v1::call(answer)
    }
}
