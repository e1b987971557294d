//! `cargo xtask stamp`: Trunk's `post_build` hook. Trunk names the page's files by their content, not the worker's nor
//! the boot scripts; this does, so that every file but `index.html` may be cached for ever and a new build never meets
//! an old worker under the same URL.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Renames in the folder Trunk is about to publish (`TRUNK_STAGING_DIR`).
pub(crate) fn run() -> Result<(), Failure> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| Failure::new("`stamp` is Trunk's post_build hook: run `cargo xtask build` instead"))?;
    stamp(&staging)
}

fn stamp(staging: &Path) -> Result<(), Failure> {
    let glue = "worker.js";
    let wasm = "worker_bg.wasm";
    let boot = "worker-boot.js";

    // Inside out: a file's own name depends on what it names.
    let new_wasm = rename(staging, wasm)?;
    replace(&staging.join(glue), wasm, &new_wasm)?;
    replace(&staging.join(boot), wasm, &new_wasm)?;
    let new_glue = rename(staging, glue)?;
    replace(&staging.join(boot), glue, &new_glue)?;
    let new_boot = rename(staging, boot)?;
    let new_page_boot = rename(staging, "boot.js")?;

    let index = staging.join("index.html");
    // `/boot.js` also ends `worker-boot.js`'s neighbour names; the slash keeps them apart.
    replace(&index, "/worker-boot.js", &format!("/{new_boot}"))?;
    replace(&index, "/boot.js", &format!("/{new_page_boot}"))
}

/// Puts a fingerprint of the content before the extension; says the new name.
fn rename(folder: &Path, name: &str) -> Result<String, Failure> {
    let from = folder.join(name);
    let content = fs::read(&from).map_err(|e| Failure::io("read", &from, &e))?;
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let new = format!("{stem}-{:016x}.{extension}", fingerprint(&content));
    fs::rename(&from, folder.join(&new)).map_err(|e| Failure::io("rename", &from, &e))?;
    Ok(new)
}

/// Replaces every occurrence; none at all means that the page would load a file that is gone.
fn replace(file: &Path, old: &str, new: &str) -> Result<(), Failure> {
    let text = fs::read_to_string(file).map_err(|e| Failure::io("read", file, &e))?;
    if !text.contains(old) {
        return Err(Failure::new(format!("{} does not name `{old}`", file.display())));
    }
    fs::write(file, text.replace(old, new)).map_err(|e| Failure::io("write", file, &e))
}

/// FNV-1a, 64 bit: tells builds apart, guards nothing.
pub(crate) fn fingerprint(content: &[u8]) -> u64 {
    content.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_follows_its_content() {
        let folder = std::env::temp_dir().join(format!("softphone-stamp-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let page = r#"<script src="/boot.js" data-worker="/worker-boot.js"></script>"#;
        for (name, text) in [
            ("worker_bg.wasm", "wasm"),
            ("worker.js", "fetch('worker_bg.wasm')"),
            ("worker-boot.js", "import('./worker.js'); fetch('worker_bg.wasm')"),
            ("boot.js", "start()"),
            ("index.html", page),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        stamp(&folder).unwrap();

        let index = fs::read_to_string(folder.join("index.html")).unwrap();
        let named = |text: &str| -> Vec<String> {
            text.split(['"', '\'', '/'])
                .filter(|part| part.contains('-') && part.contains('.'))
                .map(Into::into)
                .collect()
        };
        let in_page = named(&index);
        assert_eq!(in_page.len(), 2, "{index}");
        for name in &in_page {
            assert!(folder.join(name).is_file(), "{name} is named but absent");
        }
        let boot = fs::read_to_string(folder.join(&in_page[1])).unwrap();
        assert_eq!(named(&boot).len(), 2, "{boot}");
        for name in named(&boot) {
            assert!(folder.join(&name).is_file(), "{name} is named but absent");
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_page_that_names_no_boot_script_is_refused() {
        let folder = std::env::temp_dir().join(format!("softphone-stamp-none-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("index.html");
        fs::write(&file, "<html>").unwrap();
        assert!(replace(&file, "/boot.js", "/boot-1.js").is_err());
        fs::remove_dir_all(&folder).unwrap();
    }
}
