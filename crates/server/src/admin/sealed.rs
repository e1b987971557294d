//! Secrets at rest: sealed with AES-256-GCM, under a key made of a secret of the configuration. Whoever has the records
//! alone, such as a backup, has nothing of them.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use exotel::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What the key is for: another use of the same secret gets another key.
const PURPOSE: &[u8] = b"softphone: secrets of apps at rest";

/// What seals and opens.
pub struct Seal(RandomizedNonceKey);

impl Seal {
    /// With a key made of `secret`. `None` where it cannot be made.
    pub fn new(secret: &Secret) -> Option<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).ok()?;
        mac.update(PURPOSE);
        let key = mac.finalize().into_bytes();
        RandomizedNonceKey::new(&AES_256_GCM, &key).ok().map(Self)
    }

    /// `secret` of `name`, as text for the records. `None` if the system has no random bytes.
    pub fn close(&self, name: &str, secret: &Secret) -> Option<String> {
        let mut sealed = secret.reveal().as_bytes().to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(name.as_bytes()), &mut sealed);
        let mut whole = nonce.ok()?.as_ref().to_vec();
        whole.extend(sealed);
        Some(STANDARD_NO_PAD.encode(whole))
    }

    /// The secret of `name` again. `None` if it was sealed with another key, for another name, or is damaged.
    pub fn open(&self, name: &str, sealed: &str) -> Option<Secret> {
        let mut whole = STANDARD_NO_PAD.decode(sealed).ok()?;
        let (nonce, text) = whole.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self
            .0
            .open_in_place(nonce, Aad::from(name.as_bytes()), text)
            .ok()?;
        std::str::from_utf8(opened).ok().map(Secret::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_name_open() {
        let seal = |key: &str| Seal::new(&Secret::from(key)).unwrap();
        let sealed = seal("k").close("app1", &Secret::from("hush-hush")).unwrap();
        assert!(!sealed.contains("hush"));
        let open = |key: &str, name: &str, text: &str| {
            seal(key)
                .open(name, text)
                .map(|secret| secret.reveal().to_owned())
        };
        assert_eq!(open("k", "app1", &sealed).as_deref(), Some("hush-hush"));
        assert_eq!(open("other", "app1", &sealed), None);
        assert_eq!(open("k", "app2", &sealed), None);
        for damaged in ["", "AA", "!", &sealed[..sealed.len() - 2]] {
            assert_eq!(open("k", "app1", damaged), None, "{damaged}");
        }
        assert_ne!(
            seal("k").close("app1", &Secret::from("hush-hush")).unwrap(),
            sealed
        );
    }
}
