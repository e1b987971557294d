//! Randomness from the browser.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Crypto;

use super::reflect;

/// 32 random bytes.
///
/// # Errors
/// The browser has no `crypto.getRandomValues`: nothing secret can be made, so the phone must not start.
pub fn seed() -> Result<[u8; 32], NoEntropy> {
    let crypto: Crypto = reflect::get(&js_sys::global(), "crypto")
        .ok_or(NoEntropy)?
        .unchecked_into();
    let mut bytes = [0; 32];
    crypto
        .get_random_values_with_u8_array(&mut bytes)
        .map_err(|_: JsValue| NoEntropy)?;
    Ok(bytes)
}

/// There is no source of randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoEntropy;

/// A random UUID (RFC 9562 §5.4).
///
/// # Errors
/// As [`seed`].
pub fn uuid() -> Result<String, NoEntropy> {
    let mut bytes = seed()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().take(16).enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for nibble in [byte >> 4, byte & 0x0f] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    Ok(text)
}
