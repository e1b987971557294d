//! Addresses of webhooks that no app setting holds: GreenPin's events, and those of call flows.

use std::collections::BTreeMap;
use std::fmt;

use exotel::Secret;
use exotel::hooks::HookKind;
use serde::{Deserialize, Serialize, Serializer};

/// The kinds that have their address here.
pub(crate) const KINDS: [HookKind; 7] = [
    HookKind::GreenPinCallCompleted,
    HookKind::GreenPinDeallocated,
    HookKind::GreenPinVerified,
    HookKind::GreenPinVerificationFailed,
    HookKind::DialWhom,
    HookKind::Push,
    HookKind::Passthru,
];

/// Where to, by kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Endpoints(#[serde(serialize_with = "revealed")] BTreeMap<String, Secret>);

/// Why an address is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EndpointError {
    NoKind(String),
    NoUrl,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKind(word) => {
                let kinds = KINDS.map(HookKind::as_str).join(", ");
                write!(
                    f,
                    "No address is kept for \"{word}\"; there are {kinds}. Those of calls are app settings."
                )
            }
            Self::NoUrl => write!(f, "An address is an http URL without spaces, or nothing."),
        }
    }
}

impl std::error::Error for EndpointError {}

impl Endpoints {
    pub(crate) fn get(&self, kind: HookKind) -> Option<&Secret> {
        self.0.get(kind.as_str())
    }

    /// Sets an address; the empty one removes it.
    pub(crate) fn set(&mut self, kind: &str, url: &str) -> Result<(), EndpointError> {
        let known = kind.parse().ok().filter(|kind| KINDS.contains(kind));
        let kind = known.ok_or_else(|| EndpointError::NoKind(kind.to_owned()))?;
        if url.is_empty() {
            self.0.remove(kind.as_str());
            return Ok(());
        }
        let fits = url.len() > "http://".len()
            && url.len() <= 2_000
            && url.bytes().all(|byte| byte.is_ascii_graphic())
            && ["http://", "https://"]
                .iter()
                .any(|scheme| url.starts_with(scheme));
        if !fits {
            return Err(EndpointError::NoUrl);
        }
        self.0.insert(kind.as_str().to_owned(), Secret::from(url));
        Ok(())
    }
}

/// For the file that keeps the records.
fn revealed<S: Serializer>(endpoints: &BTreeMap<String, Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(endpoints.iter().map(|(kind, url)| (kind, url.reveal())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_no_setting_is_kept_here() {
        let mut endpoints = Endpoints::default();
        assert_eq!(endpoints.set("dial-whom", "http://127.0.0.1:1/x"), Ok(()));
        assert!(endpoints.get(HookKind::DialWhom).is_some());
        let kept = serde_json::to_string(&endpoints).unwrap();
        let back: Endpoints = serde_json::from_str(&kept).unwrap();
        assert_eq!(back.get(HookKind::DialWhom), endpoints.get(HookKind::DialWhom));
        assert_eq!(endpoints.set("dial-whom", ""), Ok(()));
        assert!(endpoints.get(HookKind::DialWhom).is_none());
        assert_eq!(endpoints.set("dial-whom", "ftp://x"), Err(EndpointError::NoUrl));
        assert!(matches!(
            endpoints.set("popup", "http://a/"),
            Err(EndpointError::NoKind(_))
        ));
    }
}
