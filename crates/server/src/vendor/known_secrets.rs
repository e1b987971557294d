//! Our own secrets in the vendor's words.
//!
//! People are shown what the vendor says when it refuses. A vendor that repeats the request in its answer must not make
//! us repeat the secrets that were in it.

use std::sync::{PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use exotel::{ApiError, Secret};

use super::VendorError;
use crate::config::Config;

/// What stands for a secret.
const DOTS: &str = "••••";
/// A shorter text is no secret worth hiding: it would be found inside ordinary words.
const SHORTEST: usize = 6;
/// The vendor's words are cut at some length; so long a beginning of a secret at their end is hidden too.
const BEGINNING: usize = 6;

/// Every form of every secret that is sent to the vendor, the longest first.
pub(super) struct KnownSecrets(RwLock<Vec<String>>);

impl KnownSecrets {
    /// Those of the configuration.
    pub(super) fn of(config: &Config) -> Self {
        let vendor = &config.vendor;
        let keys = vendor.api_key.iter().flat_map(|key| [&key.key, &key.token]);
        let greenpin = vendor.greenpin.iter().flat_map(|it| [&it.user, &it.password]);
        let entities = vendor
            .customer
            .iter()
            .chain([&vendor.app])
            .map(|(_, secret)| secret);
        // They are in the addresses that are written into the account.
        let hooks = config.hooks.secrets.iter();
        let basic = config.hooks.basic.iter().map(|(_, password)| password);
        let all = keys.chain(greenpin).chain(entities).chain(hooks).chain(basic);
        let texts = all.map(|secret| secret.reveal());
        // In some accounts the user of GreenPin is the account's name, which is no secret.
        let mut forms: Vec<String> = texts
            .filter(|text| text.len() >= SHORTEST && *text != vendor.account_sid)
            .flat_map(forms)
            .collect();
        sort(&mut forms);
        Self(RwLock::new(forms))
    }

    /// One more, that somebody typed or the vendor has just made.
    pub(super) fn learn(&self, secret: &Secret) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.extend(
            forms(secret.reveal())
                .into_iter()
                .filter(|form| form.len() >= SHORTEST),
        );
        sort(&mut known);
    }

    /// `error` without them, and without `credential`, the `Authorization` header of the request.
    pub(super) fn hide(&self, error: ApiError, credential: &str) -> VendorError {
        let ApiError::Refused(mut refusal) = error else {
            return error.into();
        };
        let bare = credential.rsplit(' ').next().unwrap_or_default();
        let token = forms(bare).into_iter().filter(|form| form.len() >= SHORTEST);
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        for form in token.collect::<Vec<_>>().iter().chain(known.iter()) {
            refusal.words = without(&refusal.words, form);
        }
        ApiError::Refused(refusal).into()
    }
}

fn sort(forms: &mut Vec<String>) {
    forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    forms.dedup();
}

/// A secret as it is, in base64, in hexadecimal, and as it stands in a URL.
fn forms(secret: &str) -> Vec<String> {
    let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let escaped = secret.bytes().map(escape).collect();
    vec![hex, STANDARD_NO_PAD.encode(secret), escaped, secret.to_owned()]
}

/// `words` with dots for each `secret`, and for the beginning of one that they end with.
fn without(words: &str, secret: &str) -> String {
    let mut words = words.replace(secret, DOTS);
    let lengths = (BEGINNING..secret.len()).rev();
    let mut beginnings = lengths.filter_map(|length| secret.get(..length));
    if let Some(beginning) = beginnings.find(|beginning| words.ends_with(beginning)) {
        words.truncate(words.len() - beginning.len());
        words.push_str(DOTS);
    }
    words
}

#[cfg(test)]
mod tests {
    use exotel::error::{Kind, Refusal};

    use super::*;

    fn said(words: &str) -> String {
        let config = Config::for_tests(std::path::Path::new("/nowhere"), None);
        let refusal = Refusal {
            kind: Kind::Other,
            http: 418,
            code: None,
            words: words.to_owned(),
            request_id: None,
            retry_after: None,
        };
        let error = KnownSecrets::of(&config).hide(refusal.into(), "Basic dXNlcjp3b3Jk");
        error.words().unwrap_or_default().to_owned()
    }

    #[test]
    fn no_form_of_a_secret_is_repeated() {
        for words in [
            "bad secret test-app-secret!",
            "Authorization: Basic dXNlcjp3b3Jk!",
            "dGVzdC1hcHAtc2VjcmV0!",
            "746573742d6170702d736563726574!",
            "http://u:test-hooks-secret-of-the-path@x!",
            "it was cut: test-app-sec",
        ] {
            let shown = said(words);
            assert!(shown.contains(DOTS), "{shown}");
            for secret in ["test-app", "dXNlcj", "dGVzd", "7465", "test-hooks"] {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
        assert_eq!(said("The app test is busy"), "The app test is busy");
    }
}
