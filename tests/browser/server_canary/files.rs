//! Files that hold a secret, at any depth of a folder.

use std::fs;
use std::path::Path;

use super::Secret;
use super::memory::text;

/// "secret in file", for each. Fails if there is nothing to read at all.
pub(super) fn holding(folder: &Path, secrets: &[Secret]) -> Vec<String> {
    let mut found = Vec::new();
    let mut read = 0;
    walk(folder, &mut |file, text| {
        read += text.len();
        for (name, _) in secrets.iter().filter(|(_, secret)| text.contains(secret)) {
            found.push(format!("{name} in {}", file.display()));
        }
    });
    assert!(read > 100_000, "{} is nearly empty", folder.display());
    found
}

fn walk(folder: &Path, look: &mut impl FnMut(&Path, &str)) {
    // A browser at work removes files while they are listed.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, kind) = (entry.path(), entry.file_type());
        match kind {
            Ok(kind) if kind.is_dir() => walk(&path, look),
            Ok(kind) if kind.is_file() => {
                let bytes = fs::read(&path).unwrap_or_default();
                look(&path, &text(&bytes));
            }
            Ok(_) | Err(_) => {}
        }
    }
}
