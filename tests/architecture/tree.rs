//! The repository's files.

use std::fs;
use std::path::{Path, PathBuf};

/// The repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// One file, named from the root.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn is_under(&self, folder: &str) -> bool {
        Path::new(&self.name).starts_with(folder)
    }

    /// A file of tests alone, or of what they stand on.
    pub(crate) fn is_test(&self) -> bool {
        self.name
            .split('/')
            .any(|part| matches!(part, "tests" | "tests.rs" | "benches" | "examples"))
    }

    /// Where a rule is broken, comments aside.
    pub(crate) fn lines_with(&self, broken: impl Fn(&str) -> bool) -> Vec<String> {
        let numbered = self.text.lines().enumerate();
        let code = numbered.map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()));
        code.filter(|(_, line)| broken(line))
            .map(|(number, line)| format!("{}:{number}: {}", self.name, line.trim()))
            .collect()
    }
}

/// All Rust files at or under these names. This test's own files are left out: they quote what they forbid.
pub(crate) fn rust(names: &[&str]) -> Vec<File> {
    let files = names.iter().flat_map(|name| walk(&root().join(name), "rs"));
    files
        .filter(|file| !file.is_under("tests/architecture") && file.name != "tests/architecture.rs")
        .collect()
}

/// Where in these a rule is broken.
pub(crate) fn lines_with(names: &[&str], broken: fn(&str) -> bool) -> impl Iterator<Item = String> {
    rust(names)
        .into_iter()
        .flat_map(move |file| file.lines_with(broken))
}

/// All HTML files under a folder.
pub(crate) fn html(folder: &str) -> Vec<File> {
    walk(&root().join(folder), "html")
}

fn walk(path: &Path, extension: &str) -> Vec<File> {
    if path.is_dir() {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let mut paths: Vec<_> = entries
            .map(|entry| entry.path())
            .filter(|p| !p.ends_with("target"))
            .collect();
        paths.sort();
        return paths.iter().flat_map(|path| walk(path, extension)).collect();
    }
    if path.extension().is_none_or(|e| e != extension) {
        return Vec::new();
    }
    let name = path
        .strip_prefix(root())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/");
    vec![File {
        name,
        text: fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    }]
}

/// Fails with every place and what to do about it.
#[track_caller]
pub(crate) fn assert_none(found: impl Iterator<Item = String>, what_to_do: &str) {
    let found: Vec<String> = found.collect();
    assert!(found.is_empty(), "\n  {}\n{what_to_do}\n", found.join("\n  "));
}

#[test]
fn the_tree_is_not_empty() {
    // A walk that finds nothing would let every rule pass.
    assert!(rust(&["src"]).iter().any(|file| file.name == "src/worker.rs"));
    assert!(rust(&["crates/sip/src"]).len() > 5);
    assert!(html("www").iter().any(|file| file.name == "www/index.html"));
}

#[test]
fn comments_break_no_rule() {
    let file = File {
        name: "a.rs".into(),
        text: "// bad\nlet a = 1; // bad\nbad();\n".into(),
    };
    assert_eq!(file.lines_with(|line| line.contains("bad")), ["a.rs:3: bad();"]);
}
