//! Why something that was asked was not done.

use serde::{Deserialize, Serialize};

/// For people and for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// A word that never changes once released.
    pub code: FaultCode,
    /// What happened and what to do, one or two sentences.
    pub message: String,
    /// The same may work a little later.
    pub retry: bool,
}

/// A fault in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FaultCode {
    /// The message could not be read.
    BadMessage,
    /// There is no such command.
    UnknownCommand,
    /// So many commands are on their way that no more are taken.
    TooMany,
    /// Nobody is signed in.
    SignedOut,
    /// The phone is not registered.
    NotReady,
    /// The text is neither a number nor an address.
    BadNumber,
    /// A digit is none.
    BadDigit,
    /// A call is up already.
    InCall,
    /// There is no call, or no longer that one.
    NoCall,
    /// The call is not so far, or past that.
    WrongState,
    /// The phone, the far end, the server or the platform said no; the words say why.
    Refused,
    /// There is no server behind the phone that could do it.
    NoServer,
    /// The server did not answer: it may have happened or not.
    Unknown,
    /// Nothing came of it in time.
    TimedOut,
    /// The frame was loaded anew before it was done.
    Lost,
}

impl Fault {
    /// A fault that stays one.
    pub fn new(code: FaultCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retry: false,
        }
    }

    /// A fault that passes.
    pub fn passing(code: FaultCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retry: true,
        }
    }
}
