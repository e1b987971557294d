//! `cargo xtask finish`: Trunk's `post_build` hook. In a release build it shrinks the wasm; in every build it gives the
//! files Trunk leaves unhashed (the worker's and the boot scripts) names by content, so that every file but `index.html`
//! may be cached for ever and a new page never meets an old worker under the same URL.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::failure::Failure;
use crate::fingerprint::fingerprint;
use crate::tools::{Tools, wasm_opt};
use crate::workspace::Workspace;
use crate::{glue, wasm_file};

/// Works in the folder Trunk is about to publish.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| {
            Failure::new("`finish` is Trunk's post_build hook: run `cargo xtask build` instead")
        })?;
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        shrink(workspace, &staging)?;
        drop_comments(&staging.join("boot.js"))?;
        drop_comments(&staging.join("worker-boot.js"))?;
    }
    name_by_content(&staging)
}

/// Not by Trunk itself: it stops where there is no wasm-opt, instead of doing without.
fn shrink(workspace: &Workspace, staging: &Path) -> Result<(), Failure> {
    let tools = Tools::of_machine();
    let wasm_opt = wasm_opt::find(workspace, &tools);
    let entries = fs::read_dir(staging).map_err(|e| Failure::io("read", staging, &e))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut jobs = Vec::new();
    for module in paths.filter(|path| path.extension().is_some_and(|e| e == "wasm")) {
        wasm_file::strip(&module)?;
        glue::number_names(&module, &glue_of(&module))?;
        if let Some(wasm_opt) = &wasm_opt {
            let mut command = tools.command(wasm_opt);
            command.arg("-Oz").arg(&module).arg("-o").arg(&module);
            command.stdin(Stdio::null());
            let job = command.spawn().map_err(|e| Failure::io("run", wasm_opt, &e))?;
            jobs.push((module, job));
        }
    }
    for (module, mut job) in jobs {
        match job.wait() {
            Ok(status) if status.success() => {}
            Ok(status) => {
                return Err(Failure::new(format!(
                    "wasm-opt of {}: {status}",
                    module.display()
                )));
            }
            Err(error) => return Err(Failure::io("shrink", &module, &error)),
        }
    }
    Ok(())
}

/// `x_bg.wasm` is loaded by `x.js`.
fn glue_of(module: &Path) -> PathBuf {
    let name = module.file_name().unwrap_or_default().to_string_lossy();
    module.with_file_name(name.replace("_bg.wasm", ".js"))
}

/// Whole-line comments and indentation; enough for two small files in our own style.
fn drop_comments(script: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(script).map_err(|e| Failure::io("read", script, &e))?;
    let code: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    fs::write(script, code.join("\n") + "\n").map_err(|e| Failure::io("write", script, &e))
}

fn name_by_content(staging: &Path) -> Result<(), Failure> {
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
    // With the slash, or `boot.js` would be found in `worker-boot.js`.
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

/// Replaces every occurrence; none at all means that something would load a file that is gone.
fn replace(file: &Path, old: &str, new: &str) -> Result<(), Failure> {
    let text = fs::read_to_string(file).map_err(|e| Failure::io("read", file, &e))?;
    if !text.contains(old) {
        return Err(Failure::new(format!("{} does not name `{old}`", file.display())));
    }
    fs::write(file, text.replace(old, new)).map_err(|e| Failure::io("write", file, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("softphone-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn every_name_follows_its_content() {
        let folder = folder("names");
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
        name_by_content(&folder).unwrap();

        let named = |text: &str| -> Vec<String> {
            let words = text.split(['"', '\'', '/']);
            words
                .filter(|word| word.contains('-') && word.contains('.'))
                .map(Into::into)
                .collect()
        };
        let index = fs::read_to_string(folder.join("index.html")).unwrap();
        let in_page = named(&index);
        assert_eq!(in_page.len(), 2, "{index}");
        let boot = fs::read_to_string(folder.join(&in_page[1])).unwrap();
        assert_eq!(named(&boot).len(), 2, "{boot}");
        for name in in_page.iter().chain(&named(&boot)) {
            assert!(folder.join(name).is_file(), "{name} is named but absent");
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_page_that_names_no_boot_script_is_refused() {
        let folder = folder("no-names");
        let file = folder.join("index.html");
        fs::write(&file, "<html>").unwrap();
        assert!(replace(&file, "/boot.js", "/boot-1.js").is_err());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn comments_go_and_addresses_stay() {
        let folder = folder("comments");
        let file = folder.join("boot.js");
        fs::write(&file, "// why\nconst a = 1;\n\n  // more\n  f(\"https://a\");\n").unwrap();
        drop_comments(&file).unwrap();
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            "const a = 1;\nf(\"https://a\");\n"
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
