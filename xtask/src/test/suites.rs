//! Which file of `tests/` needs what.

use std::fs;
use std::path::Path;

use crate::failure::Failure;

/// Need `dist/`, a browser and, some, real SIP servers; they run last, in this order.
const STORIES: [&str; 2] = ["browser", "interop"];

/// The names of the root package's test files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Suites {
    /// Plain tests.
    pub(super) native: Vec<String>,
    /// Compiled to wasm, run inside a browser page.
    pub(super) dom: Vec<String>,
    /// Drive a whole browser from outside.
    pub(super) stories: Vec<String>,
}

impl Suites {
    pub(super) fn find(root: &Path) -> Result<Self, Failure> {
        let folder = root.join("tests");
        let entries = fs::read_dir(&folder).map_err(|e| Failure::io("read", &folder, &e))?;
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let mut suites = Self::default();
        for path in &paths {
            // As cargo sees them: a file, or a folder with a main.rs.
            let (name, main) = if path.is_dir() {
                (path.file_name(), path.join("main.rs"))
            } else {
                (path.file_stem(), path.clone())
            };
            if main.extension().is_some_and(|e| e == "rs") && main.is_file() {
                let text = fs::read_to_string(&main).map_err(|e| Failure::io("read", &main, &e))?;
                suites.add(name.unwrap_or_default().to_string_lossy().into_owned(), &text);
            }
        }
        suites
            .stories
            .sort_by_key(|name| STORIES.iter().position(|story| story == name));
        Ok(suites)
    }

    fn add(&mut self, name: String, text: &str) {
        if STORIES.contains(&name.as_str()) {
            self.stories.push(name);
        } else if text.contains("#![cfg(target_arch = \"wasm32\")]") {
            self.dom.push(name);
        } else {
            self.native.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_repository_has_its_suites() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let suites = Suites::find(root).unwrap();
        assert!(suites.native.contains(&"architecture".to_owned()), "{suites:?}");
        assert_eq!(suites.stories, STORIES);
    }

    #[test]
    fn each_file_goes_where_it_can_run() {
        let mut suites = Suites::default();
        suites.add("interop".into(), "#![cfg(not(target_arch = \"wasm32\"))]");
        suites.add("dom".into(), "//! Views.\n#![cfg(target_arch = \"wasm32\")]");
        suites.add("architecture".into(), "#![cfg(not(target_arch = \"wasm32\"))]");
        let names = |name: &str| vec![name.to_owned()];
        assert_eq!(
            suites,
            Suites {
                native: names("architecture"),
                dom: names("dom"),
                stories: names("interop")
            }
        );
    }
}
