//! A call between two numbers, without an app.

use http::{Method, Request, Response};

use super::{Call, v1};
use crate::config::VoiceApi;
use crate::endpoint::Draft;
use crate::word::words;
use crate::{ApiError, ApiKey, Endpoint, Invalid, PhoneNumber, Secret};

/// The longest time limit, in seconds.
const LONGEST: u32 = 14_400;

words! {
    /// How many channels a recording has.
    pub enum RecordingChannels {
        /// Both voices in one.
        Single = "single",
        /// One each.
        Dual = "dual",
    }
}

/// `POST /Accounts/{account_sid}/Calls/connect.json`
///
/// Not in the seeds: the vendor's page on making a call, version 1. `From` is rung first, then `To`. Limited to 200
/// a minute for an account (429).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectCall {
    /// Who is rung first: a number, or a SIP user with or without `sip:`.
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
    /// How many channels a recording has.
    pub recording_channels: Option<RecordingChannels>,
    /// URL of audio that who is rung first hears while the other one rings.
    pub wait_url: Option<Secret>,
    /// Text that comes back in callbacks. Hidden: it is about a person as a rule.
    pub custom_field: Option<Secret>,
    /// URL that hears of the call's end (and its answer, if `answered` is set).
    pub status_callback: Option<Secret>,
    /// Whether that URL also hears when the call is answered.
    pub answered: bool,
}

/// A SIP user: `sip:` and something, or a name with a letter in it, which no number has.
fn is_sip_user(text: &str) -> bool {
    let user = text.strip_prefix("sip:");
    let name = user.unwrap_or(text);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
    !name.is_empty()
        && name.chars().all(fits)
        && (user.is_some() || name.contains(|c: char| c.is_ascii_alphabetic()))
}

fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Endpoint for ConnectCall {
    type Config = VoiceApi;
    type Credential = ApiKey;
    type Response = Call;

    fn request(&self, config: &VoiceApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        if !is_sip_user(self.from.reveal()) {
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
        if matches!(self.recording_channels, Some(RecordingChannels::Other(_))) {
            return Err(Invalid::new(
                "RecordingChannels",
                "A recording is single or dual.",
            ));
        }
        for (field, url) in [
            ("WaitUrl", &self.wait_url),
            ("StatusCallback", &self.status_callback),
        ] {
            if url.as_ref().is_some_and(|url| !is_url(url.reveal())) {
                return Err(Invalid::new(
                    field,
                    "This field is an http or https URL without spaces.",
                ));
            }
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
            (
                "RecordingChannels",
                self.recording_channels.as_ref().map(RecordingChannels::as_str),
            ),
            ("WaitUrl", self.wait_url.as_ref().map(Secret::reveal)),
            ("CustomField", self.custom_field.as_ref().map(Secret::reveal)),
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
