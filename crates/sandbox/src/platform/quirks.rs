//! Where the documentation contradicts itself or the live platform, each as a switch. Off is the common reading.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Declares the switches with their names on the wire and one sentence each.
macro_rules! quirks {
    ($($variant:ident = $name:literal: $what:literal,)+) => {
        /// One way in which the platform may differ from the common reading of its documentation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Quirk {
            $(#[doc = $what] #[serde(rename = $name)] $variant,)+
        }

        impl Quirk {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name on the command line and in the control API.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What is different, in a sentence.
            pub fn what(self) -> &'static str {
                match self { $(Self::$variant => $what,)+ }
            }
        }
    };
}

quirks! {
    NotFoundAs200 = "not-found-as-200": "The Integrations API says not found with HTTP status 200 and `Code: 404`.",
    Successfuly = "successfuly": "Users are \"Deleted Successfuly\".",
    UsersArray = "users-array": "A listing of users is an array, without a page around it.",
    UsersNextKey = "users-next-key": "A listing of users names its cursor `NextKey`.",
    UserInArray = "user-in-array": "One user comes in an array of one.",
    CursorAtEnd = "cursor-at-end": "The last page of users has a cursor too.",
    SipSecretPlain = "sip-secret-plain": "`SipSecret` is the password itself.",
    SipSecretMasked = "sip-secret-masked": "`SipSecret` is five asterisks.",
    NoVoip = "no-voip": "`SipId` and `SipSecret` are empty, as in accounts without VoIP.",
    OtherIds = "other-ids": "Ids are spelt the other way: `CustomerId`, `AppId`, `AppUserID`.",
    YearOne = "year-one": "Users were created and updated in the year 1.",
    TextNumbers = "text-numbers": "Codes, sizes and counts are texts.",
    OpaqueTokens = "opaque-tokens": "Tokens are base64 of an id and no JWT.",
    CapitalDomain = "capital-domain": "`ExotelDomain` is written `Mumbai`.",
    AgentNumberNeedsZero = "agent-number-needs-zero": "An `AgentNumber` of ten digits is refused, with a 0 in front accepted.",
    OneDeviceStaysOn = "one-device-stays-on": "Turning an agent's last device off is refused.",
    TokenNested = "token-nested": "A subscriber token comes one level deeper than documented.",
    TokenText = "token-text": "A subscriber token is one text, as the table says, and no object.",
    SingleInArray = "single-in-array": "One subscriber comes in an array of one.",
    PagesNeverEnd = "pages-never-end": "The last page of subscribers names a next one too.",
    PageHosts = "page-hosts": "The addresses of pages of subscribers have a host.",
    DeletedAs200 = "deleted-as-200": "A deleted subscriber is answered with 200 and a body.",
    MultiStatusAs200 = "multi-status-as-200": "A bulk answer has HTTP status 200 and says 207 only inside.",
    ShortNames = "short-names": "A subscriber name of 16 characters is refused.",
    HidePins = "hide-pins": "Pins of party B are not shown.",
    DeletedShowsActive = "deleted-shows-active": "A deleted allocation is answered with the state `active`.",
    DeallocationInUtc = "deallocation-in-utc": "`deallocation_time` is in UTC.",
    VersionHeader = "version-header": "GreenPin wants a header `Exotel-Version: 1.0`, else code 9.",
    LateDetails = "late-details": "Times, durations and legs of a call settle two minutes after its end.",
}

impl std::str::FromStr for Quirk {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().copied().find(|quirk| quirk.name() == name);
        found.ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|quirk| quirk.name()).collect();
            format!("there is no quirk {name}; there are {}", names.join(", "))
        })
    }
}

/// Those that are on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Quirks(BTreeSet<Quirk>);

impl Quirks {
    pub(crate) fn new(on: &[Quirk]) -> Self {
        Self(on.iter().copied().collect())
    }

    pub(crate) fn has(&self, quirk: Quirk) -> bool {
        self.0.contains(&quirk)
    }

    pub(crate) fn set(&mut self, quirk: Quirk, on: bool) {
        if on {
            self.0.insert(quirk);
        } else {
            self.0.remove(&quirk);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for quirk in Quirk::ALL {
            assert_eq!(quirk.name().parse(), Ok(*quirk));
            assert_eq!(serde_json::json!(quirk), quirk.name());
            assert!(quirk.what().ends_with('.'));
        }
        assert!(
            "nonsense"
                .parse::<Quirk>()
                .unwrap_err()
                .contains("not-found-as-200")
        );
    }
}
