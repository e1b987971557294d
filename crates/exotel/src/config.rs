//! Where the APIs are and how the account is called there. Nothing secret lives here.

use crate::Invalid;

/// Where an account lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Region {
    /// India.
    #[default]
    Mumbai,
    /// The rest of the world.
    Singapore,
}

/// An `http` or `https` address with an optional path, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Base(String);

impl Base {
    /// Checks `text` and drops slashes at its end.
    ///
    /// # Errors
    /// [`Invalid`] for another scheme, no host, a query, a fragment, or credentials (they end up in logs).
    pub fn new(text: &str) -> Result<Self, Invalid> {
        let refused = || {
            Invalid::new(
                "base",
                "A base address is http or https, a host and a path; no credentials, query or fragment.",
            )
        };
        let text = text.trim().trim_end_matches('/');
        let uri: http::Uri = text.parse().map_err(|_| refused())?;
        let scheme = uri
            .scheme_str()
            .is_some_and(|scheme| matches!(scheme, "http" | "https"));
        let authority = uri
            .authority()
            .is_some_and(|it| !it.as_str().contains('@') && !it.host().is_empty());
        if !scheme || !authority || text.contains(['?', '#']) {
            return Err(refused());
        }
        Ok(Self(text.to_owned()))
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port alone, to which the platform's relative page addresses are joined.
    pub fn origin(&self) -> Self {
        let start = self.0.find("://").map_or(0, |at| at + 3);
        let end = self
            .0
            .get(start..)
            .and_then(|rest| rest.find('/'))
            .map_or(self.0.len(), |at| start + at);
        Self(self.0.get(..end).unwrap_or(&self.0).to_owned())
    }

    /// One of the constants below.
    fn known(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// Every address of a region. Fields are public: an account may be told others, and tests have their own.
///
/// Where only one region's host is documented, both regions start from it; Singapore's SIP edge is from an unofficial
/// source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    /// Integrations API.
    pub integrations: Base,
    /// Subscriber Management API, up to the version.
    pub subscribers: Base,
    /// What the mobile SDKs are told; nothing here speaks its protocol, which is closed.
    pub miles: Base,
    /// GreenPin, up to the version.
    pub greenpin: Base,
    /// Voice API version 1.
    pub voice_v1: Base,
    /// Voice API version 3.
    pub voice_v3: Base,
    /// SIP over WebSocket for agents, a `wss` URL.
    pub sip_edge: String,
    /// What follows `<account sid>.` in a SIP domain.
    pub sip_domain: String,
}

impl Hosts {
    /// The known addresses of `region`.
    pub fn of(region: Region) -> Self {
        let (voice_v1, voice_v3, sip_edge) = match region {
            Region::Mumbai => (
                "https://api.in.exotel.com/v1",
                "https://ccm-api.in.exotel.com/v3",
                "wss://voip.in1.exotel.com:443/wss",
            ),
            Region::Singapore => (
                "https://api.exotel.com/v1",
                "https://ccm-api.exotel.com/v3",
                "wss://voip.sgp1.exotel.com:443/wss",
            ),
        };
        Self {
            integrations: Base::known("https://integrationscore.mum1.exotel.com/v2/integrations"),
            subscribers: Base::known("https://chaotix.apac-sg.exotel.com/v2"),
            miles: Base::known("https://miles.apac-sg.exotel.in/v2"),
            greenpin: Base::known("https://leadassist.exotel.in/v1"),
            voice_v1: Base::known(voice_v1),
            voice_v3: Base::known(voice_v3),
            sip_edge: sip_edge.to_owned(),
            sip_domain: "voip.exotel.com".to_owned(),
        }
    }

    /// The SIP domain of the agents of `account_sid`.
    pub fn sip_domain_of(&self, account_sid: &str) -> String {
        [account_sid, ".", &self.sip_domain].concat()
    }
}

/// The Integrations API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationsApi {
    /// Up to and including `/integrations`.
    pub base: Base,
}

/// The Subscriber Management API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscribersApi {
    /// Up to the version.
    pub base: Base,
    /// The account's sid, in every path.
    pub account_sid: String,
    /// What a token is asked for: documented are `android` and `ios`; nothing is documented for browsers.
    pub platform: String,
    /// The most subscribers in one bulk request: 10 in the seed; a newer guide says 25.
    pub most_per_bulk: usize,
}

impl SubscribersApi {
    /// The documented defaults for an account.
    pub fn new(base: Base, account_sid: impl Into<String>) -> Self {
        Self {
            base,
            account_sid: account_sid.into(),
            platform: "android".to_owned(),
            most_per_bulk: 10,
        }
    }
}

/// GreenPin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GreenPinApi {
    /// Up to the version.
    pub base: Base,
    /// The tenant: in practice the account sid.
    pub tenant_id: String,
    /// One more header for every request, name and value: error code 9 speaks of a version header, and no page
    /// says which.
    pub header: Option<(String, String)>,
}

/// The voice APIs that tell how a call went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceApi {
    /// Version 1, up to the version.
    pub v1: Base,
    /// Version 3, up to the version.
    pub v3: Base,
    /// The account's sid, in every path.
    pub account_sid: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_are_checked() {
        assert_eq!(
            Base::new(" https://a.example:8443/v2/ ").unwrap().as_str(),
            "https://a.example:8443/v2"
        );
        assert_eq!(
            Base::new("http://127.0.0.1:1/x/y").unwrap().origin().as_str(),
            "http://127.0.0.1:1"
        );
        for text in [
            "",
            "a.example",
            "ftp://a",
            "https://",
            "https://k:t@a",
            "https://a?x",
            "https://a/#x",
            "/v2",
        ] {
            assert!(Base::new(text).is_err(), "{text}");
        }
    }

    #[test]
    fn known_addresses_pass_their_own_check() {
        for region in [Region::Mumbai, Region::Singapore] {
            let hosts = Hosts::of(region);
            for base in [
                hosts.integrations,
                hosts.subscribers,
                hosts.miles,
                hosts.greenpin,
                hosts.voice_v1,
                hosts.voice_v3,
            ] {
                assert_eq!(Base::new(base.as_str()), Ok(base));
            }
        }
    }
}
