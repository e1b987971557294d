//! Takes values out of the flat list, one key at a time, and collects faults.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::document::{Entries, Entry, Written};
use super::fault::{Fault, Place};

/// Why a value is none, and what to write: sentences.
pub(super) type Parsed<T> = Result<T, String>;

/// The flat list while it is being taken apart.
pub(super) struct Reader {
    entries: Entries,
    known: BTreeSet<String>,
    folder: PathBuf,
    pub(super) faults: Vec<Fault>,
}

impl Reader {
    /// Over `entries`; paths start at `folder`.
    pub(super) fn new(entries: Entries, folder: &Path, faults: Vec<Fault>) -> Self {
        let known = BTreeSet::new();
        Self {
            entries,
            known,
            folder: folder.to_owned(),
            faults,
        }
    }

    /// The value of `key`, if it is there and good. A bad one is a fault.
    pub(super) fn optional<T>(&mut self, key: &str, parse: impl FnOnce(&Written) -> Parsed<T>) -> Option<T> {
        let Entry { written, place } = self.take(key)?;
        match parse(&written) {
            Ok(value) => Some(value),
            Err(words) => {
                self.fault(place, key, words);
                None
            }
        }
    }

    /// The value of `key`, or `default`.
    pub(super) fn or<T>(&mut self, key: &str, default: T, parse: impl FnOnce(&Written) -> Parsed<T>) -> T {
        self.optional(key, parse).unwrap_or(default)
    }

    /// The value of `key`, which must be there: `write` says what it could be. After a fault, whatever is the default.
    pub(super) fn required<T: Default>(
        &mut self,
        key: &str,
        write: &str,
        parse: impl FnOnce(&Written) -> Parsed<T>,
    ) -> T {
        if !self.entries.contains_key(key) {
            self.known.insert(key.to_owned());
            self.missing(key, write);
            return T::default();
        }
        self.optional(key, parse).unwrap_or_default()
    }

    /// Says that `key` is missing, and what to write.
    pub(super) fn missing(&mut self, key: &str, write: &str) {
        self.fault(Place::File, key, format!("This key is missing. {write}"));
    }

    /// Says that something is wrong with `key`.
    pub(super) fn fault(&mut self, place: Place, key: &str, words: String) {
        let key = key.to_owned();
        self.faults.push(Fault { place, key, words });
    }

    /// Takes an entry out. From then on its key is known.
    pub(super) fn take(&mut self, key: &str) -> Option<Entry> {
        self.known.insert(key.to_owned());
        self.entries.remove(key)
    }

    /// Where `key` is written now, if it is.
    pub(super) fn place(&self, key: &str) -> Option<Place> {
        self.entries.get(key).map(|entry| entry.place.clone())
    }

    /// How many sections `[[key]]` there are. Their keys are `key.0.…`, `key.1.…`.
    pub(super) fn sections(&self, key: &str) -> usize {
        let number = |entry: &String| -> Option<usize> {
            let rest = entry.strip_prefix(key)?.strip_prefix('.')?;
            rest.split('.').next()?.parse().ok()
        };
        self.entries
            .keys()
            .filter_map(number)
            .max()
            .map_or(0, |last| last + 1)
    }

    /// A path of the file, from the file's own folder.
    pub(super) fn path(&self, text: &str) -> PathBuf {
        self.folder.join(text)
    }

    /// Whatever nobody took is no key: a fault each, with the nearest key there is.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        for (key, entry) in std::mem::take(&mut self.entries) {
            let is_section = self.known.iter().any(|known| {
                known
                    .strip_prefix(key.as_str())
                    .is_some_and(|rest| rest.starts_with('.'))
            });
            let words = match (is_section, &entry.written) {
                (true, Written::EmptyTable) => continue,
                (true, _) => {
                    let name = key.rsplit('.').next().unwrap_or(&key);
                    format!("This is a section. Write [{key}] and its keys below, not `{name} =`.")
                }
                (false, _) => match self.nearest(&key) {
                    Some(near) => format!("There is no such key. Did you mean `{near}`?"),
                    None => {
                        "There is no such key. Remove it; deploy/softphone.example.toml lists all.".to_owned()
                    }
                },
            };
            self.fault(entry.place, &key, words);
        }
        self.faults
    }

    fn nearest(&self, key: &str) -> Option<&str> {
        let distance = |known: &&str| strsim::damerau_levenshtein(key, known);
        let known = || self.known.iter().map(String::as_str);
        let nearest = known().min_by_key(distance)?;
        let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
        // The right name under the wrong section is a near miss too.
        let moved = known().find(|known| last(known) == last(key));
        match distance(&nearest) <= 3 {
            true => Some(nearest),
            false => moved,
        }
    }
}
