//! Canaries, and every form in which one could get out.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Secrets, each with the name that a failure shows.
#[derive(Clone, Default)]
pub(crate) struct Canaries(Vec<Canary>);

#[derive(Clone)]
struct Canary {
    name: String,
    secret: String,
    forms: Vec<String>,
}

impl Canaries {
    pub(crate) fn add(&mut self, name: &str, secret: &str) {
        assert!(
            secret.len() >= 6,
            "{name} is too short to be found by accident only"
        );
        self.0.push(Canary {
            name: name.to_owned(),
            secret: secret.to_owned(),
            forms: forms(secret),
        });
    }

    /// A pair as Basic credentials carry it.
    pub(crate) fn add_pair(&mut self, name: &str, user: &str, password: &str) {
        self.add(name, &format!("{user}:{password}"));
    }

    /// The same without this secret.
    pub(crate) fn but(&self, secret: &str) -> Self {
        let others = self.0.iter().filter(|canary| canary.secret != secret);
        Self(others.cloned().collect())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Fails if one of them is in `text`.
    pub(crate) fn must_not_be_in(&self, text: &str, place: &str) {
        for canary in &self.0 {
            let found = canary.forms.iter().find_map(|form| text.find(form.as_str()));
            if let Some(at) = found {
                let near: String = text[..at]
                    .chars()
                    .rev()
                    .take(200)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                panic!("{} is in {place}, after: {near}", canary.name);
            }
        }
    }
}

/// As it is, in both alphabets of base64, in hexadecimal, and escaped for a URL.
fn forms(secret: &str) -> Vec<String> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let escaped = secret.bytes().map(|byte| match byte.is_ascii_alphanumeric() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    let mut forms = vec![
        secret.to_owned(),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        hex.to_uppercase(),
        hex,
        escaped.collect(),
    ];
    // The last letters of base64 depend on what follows.
    for form in &mut forms[1..3] {
        form.truncate(form.len() - 2);
    }
    forms
}

#[test]
fn a_canary_is_found_in_each_of_its_forms() {
    let mut canaries = Canaries::default();
    canaries.add("the word", "canary+word");
    for text in [
        "a canary+word here",
        "Basic Y2FuYXJ5K3dvcmQ=",
        "63616e6172792b776f7264",
        "63616E6172792B776F7264",
        "http://u:canary%2Bword@x",
        "Basic Y2FuYXJ5K3dvcmQ6eA==",
    ] {
        let search = || canaries.must_not_be_in(text, "a test");
        assert!(std::panic::catch_unwind(search).is_err(), "{text}");
    }
    canaries.must_not_be_in("a canary's word", "a test");
    canaries
        .but("canary+word")
        .must_not_be_in("canary+word", "a test");
}
