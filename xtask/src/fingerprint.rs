//! Whether something is still what it was.

use std::fs;
use std::path::Path;

use crate::failure::Failure;

/// FNV-1a, 64 bit: tells builds apart, guards nothing.
pub(crate) fn fingerprint(content: &[u8]) -> u64 {
    content.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Names and contents of files and, through all their depths, folders. What is absent counts as absent.
pub(crate) fn of_sources(root: &Path, names: &[&str]) -> Result<u64, Failure> {
    let mut seen = Vec::new();
    for name in names {
        add(&root.join(name), &mut seen)?;
    }
    Ok(fingerprint(&seen))
}

fn add(path: &Path, seen: &mut Vec<u8>) -> Result<(), Failure> {
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|e| Failure::io("read", path, &e))?;
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        return paths.iter().try_for_each(|path| add(path, seen));
    }
    seen.extend(path.as_os_str().as_encoded_bytes());
    if path.is_file() {
        let content = fs::read(path).map_err(|e| Failure::io("read", path, &e))?;
        seen.extend(fingerprint(&content).to_le_bytes());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_or_renamed_file_shows() {
        let folder = std::env::temp_dir().join(format!("softphone-sources-{}", std::process::id()));
        fs::create_dir_all(folder.join("src")).unwrap();
        let file = folder.join("src/a.rs");
        fs::write(&file, "1").unwrap();
        let of = || of_sources(&folder, &["src", "absent"]).unwrap();
        let first = of();
        assert_eq!(first, of());
        fs::write(&file, "2").unwrap();
        let second = of();
        assert_ne!(first, second);
        fs::rename(&file, folder.join("src/b.rs")).unwrap();
        assert_ne!(second, of());
        fs::remove_dir_all(&folder).unwrap();
    }
}
