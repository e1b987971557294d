//! The last step of a release build: shrinks wasm and scripts, and gives the files Trunk leaves unhashed (the worker's, those
//! of the programs fetched later, and the boot scripts) names by content, so that every file but `index.html` may be cached for
//! ever and a new page never meets an old worker under the same URL.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::fingerprint::fingerprint;
use crate::glue::Names;
use crate::language;
use crate::loader;
use crate::tools::npm_bin::{ESBUILD, WASM_OPT};
use crate::wasm_file;
use crate::workspace::Workspace;

/// For size; found by trying. The first KB of memory is the far end of the stack (`--stack-first`), so no address below it is
/// ever meant: an added constant may become part of a load.
const SHRINK: [&str; 8] = [
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=30",
    // Code that computes the same twice in the same words compresses better than code that keeps it in one more local.
    "--skip-pass=local-cse",
];
/// Names nobody outside the glue sees become short, and what only tools read goes. A run of its own: it says the new names.
const RENAME: [&str; 2] = [
    "--minify-imports-and-exports-and-modules",
    "--strip-target-features",
];

/// How the names of the page's wasm and glue begin.
const PAGE: &str = "softphone-";

/// Programs that a page's boot script fetches when they are wanted, each with the page that names its glue and its wasm.
const LATER: [(&str, &str); 4] = [
    ("panes", "index.html"),
    ("link", "index.html"),
    ("admin", ADMIN),
    ("entrance", ENTRANCE),
];

/// A program that a script of ours loads, without wasm-bindgen's glue: its wasm keeps its names.
const BARE: &str = "denoise_bg.wasm";
/// That script.
const BARE_SCRIPT: &str = "denoise-worklet.js";

/// The admin's page, which Trunk only copies.
const ADMIN: &str = "admin.html";

/// The window to sign in in, of the same make.
const ENTRANCE: &str = "entrance.html";

/// What these two take of the phone's, by stem and extension.
const SHARED: [(&str, &str); 2] = [("base", "css"), ("icon", "svg")];

/// In the phone's page, in place of the catalogues of words, which are `tag:file` each.
const WORDS: &str = "/words.txt";

/// What makes files smaller, where it is.
#[derive(Debug)]
pub(crate) struct Shrinkers {
    wasm_opt: Option<PathBuf>,
    esbuild: Option<PathBuf>,
}

impl Shrinkers {
    pub(crate) fn find(workspace: &Workspace) -> Self {
        Self {
            wasm_opt: WASM_OPT.find(workspace),
            esbuild: ESBUILD.find(workspace),
        }
    }
}

impl fmt::Display for Shrinkers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (wasm, script) = (self.wasm_opt.is_some(), self.esbuild.is_some());
        write!(f, "wasm-opt:{wasm} esbuild:{script}")
    }
}

/// Works in the folder Trunk has built.
pub(crate) fn run(root: &Path, dist: &Path, shrinkers: &Shrinkers) -> Result<(), Failure> {
    let modules = of_kind(dist, "wasm")?;
    for module in &modules {
        wasm_file::strip(module)?;
        if is_bare(module) {
            let glue = glue_of(module);
            fs::remove_file(&glue).map_err(|e| Failure::io("remove", &glue, &e))?;
        } else {
            loader::shorten(&glue_of(module))?;
        }
    }
    if let Some(wasm_opt) = &shrinkers.wasm_opt {
        shrink_wasm(wasm_opt, modules)?;
    }
    if let Some(esbuild) = &shrinkers.esbuild {
        for script in of_kind(dist, "js")? {
            shrink_script(esbuild, &script)?;
        }
        // It is in its boot script now.
        let glue = dist.join("worker.js");
        fs::remove_file(&glue).map_err(|e| Failure::io("remove", &glue, &e))?;
        // Trunk shrinks the others.
        for style in ["admin.css", "panes.css"] {
            shrink_script(esbuild, &dist.join(style))?;
        }
    }
    lay_out_words(root, dist)?;
    name_by_content(dist)
}

/// One program that no page of ours loads: its wasm and its glue, which keep their names.
pub(crate) fn program(folder: &Path, name: &str, shrinkers: &Shrinkers) -> Result<(), Failure> {
    let module = folder.join(format!("{name}_bg.wasm"));
    wasm_file::strip(&module)?;
    loader::shorten(&glue_of(&module))?;
    if let Some(wasm_opt) = &shrinkers.wasm_opt {
        shrink_wasm(wasm_opt, vec![module.clone()])?;
    }
    if let Some(esbuild) = &shrinkers.esbuild {
        shrink_script(esbuild, &glue_of(&module))?;
    }
    Ok(())
}

/// Other languages, each fetched only where it is spoken.
fn lay_out_words(root: &Path, dist: &Path) -> Result<(), Failure> {
    let mut names = Vec::new();
    for tag in language::tags(root)? {
        let name = format!("words-{tag}.txt");
        let file = dist.join(&name);
        let packed = language::pack(&language::path(root, &tag))?;
        fs::write(&file, packed).map_err(|e| Failure::io("write", &file, &e))?;
        names.push(format!("{tag}:/{}", rename(dist, &name)?));
    }
    let names = names.join(",");
    replace(&dist.join("index.html"), WORDS, &names)?;
    replace(&dist.join(ENTRANCE), WORDS, &names)
}

fn of_kind(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|e| Failure::io("read", folder, &e))?;
    let paths = entries.flatten().map(|entry| entry.path());
    Ok(paths
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect())
}

/// All at once.
fn shrink_wasm(wasm_opt: &Path, mut modules: Vec<PathBuf>) -> Result<(), Failure> {
    optimised(wasm_opt, &SHRINK, &modules)?;
    modules.retain(|module| !is_bare(module));
    for (module, said) in modules.iter().zip(optimised(wasm_opt, &RENAME, &modules)?) {
        let names = Names::read(&said).ok_or_else(|| {
            Failure::new(format!(
                "wasm-opt does not say what it renamed in {}",
                module.display()
            ))
        })?;
        names.apply(&glue_of(module))?;
    }
    Ok(())
}

/// Runs wasm-opt over each module in place; what it said of each.
fn optimised(wasm_opt: &Path, flags: &[&str], modules: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let mut jobs = Vec::new();
    for module in modules {
        let mut command = Command::new(wasm_opt);
        command.args(flags).arg(module).arg("-o").arg(module);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        jobs.push((
            module,
            command.spawn().map_err(|e| Failure::io("run", wasm_opt, &e))?,
        ));
    }
    let mut said = Vec::new();
    for (module, job) in jobs {
        let done = job
            .wait_with_output()
            .map_err(|e| Failure::io("shrink", module, &e))?;
        if !done.status.success() {
            return Err(Failure::new(format!(
                "wasm-opt of {}: {}",
                module.display(),
                done.status
            )));
        }
        said.push(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    Ok(said)
}

fn is_bare(module: &Path) -> bool {
    module.file_name().is_some_and(|name| name == BARE)
}

/// `x_bg.wasm` is loaded by `x.js`.
fn glue_of(module: &Path) -> PathBuf {
    let name = module.file_name().unwrap_or_default().to_string_lossy();
    module.with_file_name(name.replace("_bg.wasm", ".js"))
}

/// Scripts that are no modules; their top level is small enough to be left as it is.
const CLASSIC: [&str; 4] = ["boot.js", "admin-boot.js", "sw.js", "embed.js"];

/// The worker's boot script takes its glue in: one file less to wait for, and what nobody calls goes.
fn shrink_script(esbuild: &Path, script: &Path) -> Result<(), Failure> {
    let mut command = Command::new(esbuild);
    command
        .arg(script)
        .args(["--minify", "--log-level=error", "--allow-overwrite"]);
    let is_classic = CLASSIC
        .iter()
        .any(|name| script.file_name().is_some_and(|file| file == *name));
    if !is_classic && script.extension().is_some_and(|extension| extension == "js") {
        command.arg("--format=esm");
    }
    if script.file_name().is_some_and(|name| name == "worker-boot.js") {
        command.arg("--bundle");
    }
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(script);
    command.arg(outfile).stdin(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("esbuild of {}: {status}", script.display()))),
        Err(error) => Err(Failure::io("run", esbuild, &error)),
    }
}

fn name_by_content(staging: &Path) -> Result<(), Failure> {
    let glue = "worker.js";
    let wasm = "worker_bg.wasm";
    let boot = "worker-boot.js";

    // Inside out: a file's own name depends on what it names.
    let new_wasm = rename(staging, wasm)?;
    replace(&staging.join(boot), wasm, &new_wasm)?;
    // Without esbuild it is still a file of its own.
    if staging.join(glue).is_file() {
        let new_glue = rename(staging, glue)?;
        replace(&staging.join(boot), glue, &new_glue)?;
    }
    let new_boot = rename(staging, boot)?;
    let new_page_boot = rename(staging, "boot.js")?;

    let index = staging.join("index.html");
    // The page's files have names of Trunk's, which knew them before they were shrunk.
    for extension in ["wasm", "js"] {
        for file in of_kind(staging, extension)? {
            let old = file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if old.starts_with(PAGE) {
                let new = rename(staging, &old)?;
                replace(&index, &old, &new)?;
            }
        }
    }
    for (program, page) in LATER {
        for file in [format!("{program}.js"), format!("{program}_bg.wasm")] {
            let new = rename(staging, &file)?;
            replace(&staging.join(page), &format!("/{file}"), &format!("/{new}"))?;
        }
    }
    for own in ["panes.css", BARE, BARE_SCRIPT] {
        let new = rename(staging, own)?;
        replace(&index, &format!("/{own}"), &format!("/{new}"))?;
    }
    let pages = [ADMIN, ENTRANCE].map(|page| staging.join(page));
    let replace_in_both = |old: &str, new: &str| pages.iter().try_for_each(|page| replace(page, old, new));
    for own in ["admin-boot.js", "admin.css"] {
        let new = rename(staging, own)?;
        replace_in_both(&format!("/{own}"), &format!("/{new}"))?;
    }
    for (stem, extension) in SHARED {
        let shared = shared(staging, stem, extension)?;
        replace_in_both(&format!("/{stem}.{extension}"), &format!("/{shared}"))?;
    }
    // With the slash, or `boot.js` would be found in `worker-boot.js`.
    replace(&index, "/worker-boot.js", &format!("/{new_boot}"))?;
    replace(&index, "/boot.js", &format!("/{new_page_boot}"))
}

/// The name that Trunk gave to a file of the phone's page.
fn shared(staging: &Path, stem: &str, extension: &str) -> Result<String, Failure> {
    let start = format!("{stem}-");
    let names = of_kind(staging, extension)?.into_iter().filter_map(|file| {
        let name = file.file_name()?.to_str()?.to_owned();
        name.starts_with(&start).then_some(name)
    });
    let found = names.min();
    found.ok_or_else(|| Failure::new(format!("Trunk made no {start}….{extension}")))
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
mod tests;
