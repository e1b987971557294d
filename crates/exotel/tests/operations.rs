//! The table of operations names what exists, and everything that exists.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use exotel::operations;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => sources(&path),
            path => fs::read_to_string(path).into_iter().collect(),
        })
        .collect()
}

/// Every ``(`METHOD path`, type name)`` that a type's first doc line states.
fn documented() -> HashSet<(String, String)> {
    const METHODS: [&str; 5] = ["GET ", "POST ", "PUT ", "DELETE ", "PATCH "];
    let mut found = HashSet::new();
    for file in sources(&root().join("src")) {
        let lines: Vec<_> = file.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(text) = line.strip_prefix("/// `") else {
                continue;
            };
            let first = at == 0 || !lines[at - 1].starts_with("///");
            let calls = text
                .split('`')
                .filter(|part| METHODS.iter().any(|method| part.starts_with(method)));
            let name = lines[at..].iter().find_map(|line| {
                let rest = line
                    .strip_prefix("pub struct ")
                    .or_else(|| line.strip_prefix("pub enum "))?;
                rest.split(|c: char| !c.is_alphanumeric()).next()
            });
            for call in calls.filter(|_| first) {
                found.insert((call.to_owned(), name.unwrap_or_default().to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_row_has_its_type_and_its_samples() {
    let documented = documented();
    for row in operations::all() {
        let call = (format!("{} {}", row.method, row.path), row.type_name.to_owned());
        assert!(
            documented.contains(&call),
            "{}: no type {} opens with `{}`",
            row.name,
            call.1,
            call.0
        );
        assert!(!row.fixtures.is_empty(), "{} has no sample", row.name);
        for fixture in row.fixtures {
            assert!(
                root().join("tests/data").join(fixture).is_file(),
                "{}: no sample {fixture}",
                row.name
            );
        }
    }
}

#[test]
fn every_type_has_its_row() {
    let rows: HashSet<_> = operations::all()
        .map(|row| (format!("{} {}", row.method, row.path), row.type_name.to_owned()))
        .collect();
    for call in documented() {
        assert!(
            rows.contains(&call),
            "{} `{}` is missing in the table",
            call.1,
            call.0
        );
    }
}

#[test]
fn names_are_unique_in_their_api() {
    let mut names = HashSet::new();
    for row in operations::all() {
        assert!(names.insert((row.api, row.name)), "{} occurs twice", row.name);
    }
}

#[test]
fn the_documented_operations_are_all_here() {
    use exotel::operations::Api;
    let count = |api| operations::all().filter(|row| row.api == api).count();
    assert_eq!(count(Api::Subscribers), 6);
    assert_eq!(count(Api::Integrations), 19);
    assert_eq!(count(Api::GreenPin), 5);
    assert_eq!(count(Api::Voice), 4);
    assert_eq!(count(Api::Hooks), 12);
}
