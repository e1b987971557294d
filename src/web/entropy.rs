//! Randomness from the browser.

use wasm_bindgen::prelude::wasm_bindgen;

// A browser without it ends the program here, as it must: nothing secret can be made.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]);
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// 32 random bytes.
pub fn seed() -> [u8; 32] {
    let mut bytes = [0; 32];
    fill(&mut bytes);
    bytes
}

/// A random UUID (RFC 9562 §5.4).
pub fn uuid() -> String {
    let mut bytes = seed();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().take(16).enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for nibble in [byte >> 4, byte & 0x0f] {
            text.push(char::from(DIGITS[usize::from(nibble)]));
        }
    }
    text
}
