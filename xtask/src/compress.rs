//! Brotli, once at build time, at the strongest setting.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

use crate::failure::Failure;

const QUALITY: u32 = 11;
const WINDOW: u32 = 22;
/// What is worth it; images and sounds are packed already.
const TEXTUAL: [&str; 8] = ["html", "css", "js", "wasm", "svg", "json", "txt", "webmanifest"];

/// Puts `x.br` beside every `x` that gets smaller by it.
pub(crate) fn folder(folder: &Path) -> Result<(), Failure> {
    let jobs: Vec<_> = files(folder)?
        .into_iter()
        .map(|file| thread::spawn(move || one(&file)))
        .collect();
    jobs.into_iter().try_for_each(|job| {
        job.join()
            .unwrap_or_else(|_| Err(Failure::new("the compressor gave up")))
    })
}

fn one(file: &Path) -> Result<(), Failure> {
    let content = fs::read(file).map_err(|e| Failure::io("read", file, &e))?;
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    let packed = brotli(&content)?;
    fs::write(&name, packed).map_err(|e| Failure::io("write", Path::new(&name), &e))
}

/// The files of `folder` that are sent compressed, through all its depths.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|e| Failure::io("read", &folder, &e))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if TEXTUAL.contains(&extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// As `brotli -q 11`.
pub(crate) fn brotli(content: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, WINDOW);
    packed
        .write_all(content)
        .map_err(|e| Failure::new(format!("brotli: {e}")))?;
    Ok(packed.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_was_packed_unpacks_to_the_same() {
        let text = "softphone ".repeat(500).into_bytes();
        let packed = brotli(&text).unwrap();
        assert!(packed.len() < 100, "{}", packed.len());
        let mut back = Vec::new();
        brotli::Decompressor::new(packed.as_slice(), 4096)
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, text);
    }
}
