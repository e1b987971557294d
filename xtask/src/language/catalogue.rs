//! One language's catalogue: read, brought up to the sources, packed for the browser.

use std::fs;
use std::path::{Path, PathBuf};

use polib::catalog::Catalog;
use polib::message::{CatalogMessageMutView, Message, MessageView};
use polib::po_file;

use super::sources::Texts;
use crate::failure::Failure;

const FOLDER: &str = "www/lang";

/// The languages there is a catalogue of, by their tags, sorted.
pub(crate) fn tags(root: &Path) -> Result<Vec<String>, Failure> {
    let folder = root.join(FOLDER);
    let entries = fs::read_dir(&folder).map_err(|e| Failure::io("read", &folder, &e))?;
    let mut tags: Vec<String> = entries
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".po")?.to_owned()))
        .collect();
    tags.sort();
    Ok(tags)
}

/// Where a language's catalogue is.
pub(crate) fn path(root: &Path, tag: &str) -> PathBuf {
    root.join(FOLDER).join(format!("{tag}.po"))
}

fn read(path: &Path) -> Result<Catalog, Failure> {
    let text = fs::read_to_string(path).map_err(|e| Failure::io("read", path, &e))?;
    // Empty comments, which other tools write, make the crate panic.
    let lines = text.lines().filter(|line| line.trim_end() != "#");
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    po_file::parse_from_reader(text.as_bytes())
        .map_err(|e| Failure::new(format!("{} cannot be read: {e}", path.display())))
}

/// What the browser reads (`src/language.rs`): a line per text, in the order of the English bytes. What has no translation is
/// left out, and stays English.
pub(crate) fn pack(path: &Path) -> Result<String, Failure> {
    let catalogue = read(path)?;
    let mut lines = vec![(String::new(), from_when_many(&catalogue, path)?.to_owned())];
    for message in catalogue.messages() {
        for (english, own) in forms(message) {
            if english.contains(['\t', '\n']) || own.contains(['\t', '\n']) {
                return Err(Failure::new(format!(
                    "{}: a tab or a line's end in \"{english}\"",
                    path.display()
                )));
            }
            if !own.is_empty() && !message.is_fuzzy() {
                lines.push((english, own));
            }
        }
    }
    lines.sort();
    Ok(lines
        .iter()
        .map(|(english, own)| format!("{english}\t{own}\n"))
        .collect())
}

/// The count from which on things are many, by the catalogue's `Plural-Forms`.
fn from_when_many(catalogue: &Catalog, path: &Path) -> Result<&'static str, Failure> {
    let rules = &catalogue.metadata.plural_rules;
    let expression: String = rules
        .expr
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '(' && *c != ')')
        .collect();
    match (rules.nplurals, expression.as_str()) {
        (2, "n>1") => Ok("2"),
        (2, "n!=1") => Ok(""),
        (_, other) => Err(Failure::new(format!(
            "{}: Plural-Forms \"{other}\" is none of n > 1 and n != 1, the two that src/language.rs knows",
            path.display()
        ))),
    }
}

/// Each English form with its translation.
fn forms(message: &dyn MessageView) -> Vec<(String, String)> {
    match (message.msgid_plural(), message.msgstr_plural()) {
        (Ok(many), Ok(own)) => {
            let mut own = own.iter().cloned();
            [message.msgid(), many]
                .map(|english| (english.to_owned(), own.next().unwrap_or_default()))
                .into()
        }
        _ => vec![(
            message.msgid().to_owned(),
            message.msgstr().unwrap_or_default().to_owned(),
        )],
    }
}

/// Brings a catalogue up to the sources; says what has changed.
pub(super) fn renew(path: &Path, texts: &Texts) -> Result<String, Failure> {
    let mut catalogue = read(path)?;
    let mut gone = 0;
    for mut message in catalogue.messages_mut() {
        let wanted = texts.get(message.msgid());
        if wanted.is_none_or(|many| many.as_deref() != message.msgid_plural().ok()) {
            message.delete();
            gone += 1;
        }
    }
    let mut new = 0;
    for (one, many) in texts {
        if catalogue.find_message(None, one, many.as_deref()).is_some() {
            continue;
        }
        let message = match many {
            None => Message::build_singular().with_msgid(one.clone()).done(),
            Some(many) => Message::build_plural()
                .with_msgid(one.clone())
                .with_msgid_plural(many.clone())
                .with_msgstr_plural(vec![String::new(), String::new()])
                .done(),
        };
        catalogue.append_or_update(message);
        new += 1;
    }
    po_file::write_to_file_sort_by(&catalogue, path, Box::new(|a, b| a.msgid().cmp(b.msgid())))
        .map_err(|e| Failure::io("write", path, &e))?;
    Ok(format!("{} texts, {new} new, {gone} gone", texts.len()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::env;

    use super::super::sources::texts;
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    /// The `{0}`, `{1}`… of a text.
    fn values(text: &str) -> BTreeSet<&str> {
        let parts = text.split('{').skip(1);
        parts.filter_map(|part| Some(part.split_once('}')?.0)).collect()
    }

    #[test]
    fn every_language_has_every_text() {
        let texts = texts(&root()).unwrap();
        assert!(texts.len() > 100, "{} texts are too few to be all", texts.len());
        for tag in tags(&root()).unwrap() {
            let catalogue = read(&path(&root(), &tag)).unwrap();
            let mut faults = Vec::new();
            for (one, many) in &texts {
                let Some(message) = catalogue.find_message(None, one, many.as_deref()) else {
                    faults.push(format!("no \"{one}\""));
                    continue;
                };
                for (english, own) in forms(message) {
                    if own.is_empty() || message.is_fuzzy() {
                        faults.push(format!("no translation of \"{english}\""));
                    } else if values(&english) != values(&own) {
                        faults.push(format!("other values than \"{english}\" in \"{own}\""));
                    }
                }
            }
            let stale = catalogue
                .messages()
                .filter(|message| !texts.contains_key(message.msgid()));
            faults.extend(stale.map(|message| format!("no source has \"{}\"", message.msgid())));
            assert!(
                faults.is_empty(),
                "{tag}.po, after `cargo xtask language`:\n{}",
                faults.join("\n")
            );
        }
    }

    #[test]
    fn a_packed_catalogue_is_sorted_and_without_what_is_not_translated() {
        let file = env::temp_dir().join(format!("softphone-{}.po", std::process::id()));
        let head = "#\nmsgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n";
        let body = "\nmsgid \"Mute\"\nmsgstr \"म्यूट\"\n\nmsgid \"Hold\"\nmsgstr \"\"\n\nmsgid \"{0} call\"\nmsgid_plural \"{0} calls\"\nmsgstr[0] \"{0} कॉल\"\nmsgstr[1] \"{0} कॉलें\"\n\nmsgid \"Call\"\nmsgstr \"कॉल करें\"\n";
        fs::write(&file, [head, body].concat()).unwrap();
        let packed = pack(&file).unwrap();
        fs::remove_file(&file).unwrap();
        assert_eq!(
            packed,
            "\t2\nCall\tकॉल करें\nMute\tम्यूट\n{0} call\t{0} कॉल\n{0} calls\t{0} कॉलें\n"
        );
    }
}
