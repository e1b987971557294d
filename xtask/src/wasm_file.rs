//! A wasm file's sections, as far as leaving some out takes.

use std::fs;
use std::path::Path;

use crate::failure::Failure;

const HEADER: usize = 8;
const CUSTOM: u8 = 0;
/// For debuggers: a fifth of the file. What wasm-bindgen and engines read (`target_features`) stays.
const NEEDLESS: [&[u8]; 2] = [b"name", b"producers"];

/// Leaves out what no browser needs.
pub(crate) fn strip(file: &Path) -> Result<(), Failure> {
    let wasm = fs::read(file).map_err(|e| Failure::io("read", file, &e))?;
    let stripped = without_needless(&wasm)
        .ok_or_else(|| Failure::new(format!("{} is not a wasm file", file.display())))?;
    fs::write(file, stripped).map_err(|e| Failure::io("write", file, &e))
}

fn without_needless(wasm: &[u8]) -> Option<Vec<u8>> {
    let (header, mut rest) = wasm.split_at_checked(HEADER)?;
    let mut kept = header.starts_with(b"\0asm").then(|| header.to_vec())?;
    while let Some((id, after_id)) = rest.split_first() {
        let (length, content) = leb128(after_id)?;
        let (content, next) = content.split_at_checked(length)?;
        let (section, _) = rest.split_at_checked(rest.len() - next.len())?;
        if *id != CUSTOM || !is_needless(content) {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Some(kept)
}

fn is_needless(custom: &[u8]) -> bool {
    let name = leb128(custom).and_then(|(length, rest)| rest.get(..length));
    name.is_some_and(|name| NEEDLESS.contains(&name))
}

/// An unsigned number of up to 32 bits, and what follows it.
fn leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_usize;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(index + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        // A length in two bytes, as linkers write it.
        let length = u8::try_from(content.len()).unwrap();
        [&[id, length | 0x80, 0], content].concat()
    }

    #[test]
    fn only_the_needless_sections_go() {
        let header = b"\0asm\x01\0\0\0".to_vec();
        let code = section(10, b"code");
        let features = section(CUSTOM, b"\x0ftarget_features+x");
        let names = section(CUSTOM, b"\x04name main");
        let all = [header.clone(), names, code.clone(), features.clone()].concat();
        assert_eq!(without_needless(&all).unwrap(), [header, code, features].concat());
    }

    #[test]
    fn what_is_no_wasm_is_refused() {
        assert_eq!(without_needless(b"<html>"), None);
        assert_eq!(without_needless(b"<html></html>"), None);
        assert_eq!(without_needless(b"\0asm\x01\0\0\0\x0a\x7fshort"), None);
    }
}
