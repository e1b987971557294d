//! The names by which a wasm file and its glue find each other. wasm-bindgen tells them apart by hashes, which no
//! compression makes smaller, and each is written twice; numbers of the same length do as well.

use std::fs;
use std::path::Path;

use crate::failure::Failure;

/// Digits of a hash, all hexadecimal, small letters.
const DIGITS: usize = 16;

/// Numbers the hashes of `glue` in both files, which keep their lengths.
pub(crate) fn number_names(wasm: &Path, glue: &Path) -> Result<(), Failure> {
    let read = |path: &Path| fs::read(path).map_err(|e| Failure::io("read", path, &e));
    let (mut code, mut script) = (read(wasm)?, read(glue)?);
    let mut known: Vec<[u8; DIGITS]> = hashes(&script).into_iter().map(|(_, hash)| hash).collect();
    known.sort_unstable();
    known.dedup();
    for (file, bytes) in [(wasm, &mut code), (glue, &mut script)] {
        number(bytes, &known);
        fs::write(file, bytes).map_err(|e| Failure::io("write", file, &e))?;
    }
    Ok(())
}

fn number(bytes: &mut [u8], known: &[[u8; DIGITS]]) {
    for (at, hash) in hashes(bytes) {
        if let Ok(number) = known.binary_search(&hash)
            && let Some(place) = bytes.get_mut(at..at + DIGITS)
        {
            place.copy_from_slice(format!("{number:016x}").as_bytes());
        }
    }
}

/// Where a hash stands at the end of a name, `…_0123456789abcdef` or `…_h0123456789abcdef`, and which.
fn hashes(bytes: &[u8]) -> Vec<(usize, [u8; DIGITS])> {
    let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let run = rest.iter().take_while(|byte| is_digit(byte)).count();
        let named = at > 0 && matches!(bytes.get(at - 1), Some(b'_' | b'h'));
        if run == DIGITS
            && named
            && let Some(hash) = rest.first_chunk()
        {
            found.push((at, *hash));
        }
        at += run + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_get_the_same_numbers() {
        let mut script =
            b"a.__wbg_call_fc92fee6137d452d = 0; b.__wbg_call_40b008ba32f73991(wasm.f_0000000000000001)"
                .to_vec();
        let mut code = b"\x1d__wbg_call_40b008ba32f73991\0\x1d__wbg_call_fc92fee6137d452d\0".to_vec();
        let mut known: Vec<_> = hashes(&script).into_iter().map(|(_, hash)| hash).collect();
        known.sort_unstable();
        number(&mut script, &known);
        number(&mut code, &known);
        assert_eq!(
            script,
            b"a.__wbg_call_0000000000000002 = 0; b.__wbg_call_0000000000000001(wasm.f_0000000000000000)"
        );
        assert_eq!(
            code,
            b"\x1d__wbg_call_0000000000000001\0\x1d__wbg_call_0000000000000002\0"
        );
    }

    #[test]
    fn other_digits_stay() {
        for text in [
            "_fc92fee6137d452",
            "_fc92fee6137d452d0",
            " fc92fee6137d452d",
            "fc92fee6137d452d",
        ] {
            assert!(hashes(text.as_bytes()).is_empty(), "{text}");
        }
    }
}
