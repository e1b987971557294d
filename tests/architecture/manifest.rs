//! What a manifest depends on, for running and building; what its tests need is their own business.

use crate::tree::root;

/// Names in all dependency tables of `folder/Cargo.toml`, targets' too; none if there is no such crate yet.
pub(crate) fn dependencies(folder: &str) -> Vec<String> {
    names(folder, |table| {
        table == "dependencies" || table.ends_with(".dependencies") || table == "build-dependencies"
    })
}

/// Names in the plain `[dependencies]`.
pub(crate) fn native_dependencies(folder: &str) -> Vec<String> {
    names(folder, |table| table == "dependencies")
}

fn names(folder: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    std::fs::read_to_string(root().join(folder).join("Cargo.toml"))
        .map(|text| parse(&text, wanted))
        .unwrap_or_default()
}

/// Knows the two forms in use: `name = …` lines in a table, and a table per dependency.
fn parse(text: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    let mut depth = 0_i32;
    for line in text.lines().map(str::trim) {
        if let Some(table) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .filter(|_| depth == 0)
        {
            inside = wanted(table) && !table.starts_with("workspace");
            if let Some((parent, name)) = table.rsplit_once('.').filter(|(parent, _)| wanted(parent))
                && !parent.starts_with("workspace")
            {
                found.push(name.to_owned());
            }
        } else if inside && depth == 0 && !line.starts_with('#') {
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
            if !name.is_empty() {
                found.push(name.to_owned());
            }
        }
        if inside {
            let count = |c: char| i32::try_from(line.matches(c).count()).unwrap_or(0);
            depth += count('[') + count('{') - count(']') - count('}');
        }
    }
    found
}

#[test]
fn all_forms_of_a_dependency_are_seen() {
    let text = "[package]\nname = \"x\"\n[dependencies]\nsip.workspace = true\n# not this\nserde = { version = \"1\", features = [\n  \
                \"derive\",\n] }\nhttp = \"1\"\n\n[target.'cfg(target_arch = \"wasm32\")'.dependencies.web-sys]\nversion = \"0.3\"\n\
                features = [\"Document\"]\n[dev-dependencies]\nproptest = \"1\"\n[workspace.dependencies]\naxum = \"0.8\"\n";
    let all = parse(text, |table| {
        table == "dependencies" || table.ends_with(".dependencies")
    });
    assert_eq!(all, ["sip", "serde", "http", "web-sys"]);
}
