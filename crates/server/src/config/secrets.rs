//! Secrets: written in place, or alone in a file of their own.

use std::path::Path;

use exotel::Secret;

use super::document::Entry;
use super::reader::{Parsed, Reader};
use super::values;

/// More than any secret; a whole log file by mistake is not read.
const LONGEST: usize = 64 * 1024;

impl Reader {
    /// The secret of `key`, or of the file that `file_key` names. Both at once is a fault.
    pub(super) fn secret(&mut self, key: &str, file_key: &str) -> Option<Secret> {
        let lines = self.secret_lines(key, file_key, |written| Ok(vec![values::text(written)?]))?;
        Some(Secret::new(lines.into_iter().next().unwrap_or_default()))
    }

    /// The secrets of `key`, or the lines of the file that `file_key` names.
    pub(super) fn secrets(&mut self, key: &str, file_key: &str) -> Option<Vec<Secret>> {
        let lines = self.secret_lines(key, file_key, values::list)?;
        Some(lines.into_iter().map(Secret::new).collect())
    }

    fn secret_lines(
        &mut self,
        key: &str,
        file_key: &str,
        parse: impl FnOnce(&super::document::Written) -> Parsed<Vec<String>>,
    ) -> Option<Vec<String>> {
        if let (Some(_), Some(place)) = (self.place(key), self.place(file_key)) {
            self.take(key);
            self.take(file_key);
            let words = format!("`{key}` is there too. Keep one of the two.");
            self.fault(place, file_key, words);
            return None;
        }
        if let Some(Entry { written, place }) = self.take(file_key) {
            let path = values::text(&written).map(|text| self.path(&text));
            return match path.and_then(|path| lines_of(&path)) {
                Ok(lines) => Some(lines),
                Err(words) => {
                    self.fault(place, file_key, words);
                    None
                }
            };
        }
        self.optional(key, parse)
    }
}

/// The lines of a file that are not empty.
fn lines_of(path: &Path) -> Parsed<Vec<String>> {
    let text = std::fs::read_to_string(path)
        .map_err(|why| format!("The file {} cannot be read: {why}.", path.display()))?;
    let lines: Vec<String> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    match lines.is_empty() || text.len() > LONGEST {
        true => Err(format!(
            "The file {} holds no secret. Write it alone, on one line.",
            path.display()
        )),
        false => Ok(lines),
    }
}
