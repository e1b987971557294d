//! The signature of a webhook (Standard Webhooks: symmetric, `v1`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exotel::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The header `webhook-signature`: one signature for each key, with spaces between. A key is Base64.
pub(super) fn signatures(keys: &[Secret], id: &str, seconds: i64, body: &str) -> String {
    let one = |key: &Secret| {
        let key = STANDARD.decode(key.reveal()).ok()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    };
    keys.iter().filter_map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the scheme's own documents, and what openssl makes of it.
    #[test]
    fn a_signature_is_what_others_make_of_it() {
        let key = Secret::from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let (id, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}");
        let one = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(
            signatures(std::slice::from_ref(&key), id, 1_614_265_330, body),
            one
        );
        let two = signatures(&[key.clone(), key], id, 1_614_265_330, body);
        assert_eq!(two, format!("{one} {one}"));
    }
}
