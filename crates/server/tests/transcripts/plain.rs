//! What differs from run to run, in words that do not.

use std::collections::BTreeMap;

use serde_json::Value;
use server::config::HOOKS_SECRET;

/// Fields whose text is a secret, or differs each time.
const FIELDS: [&str; 11] = [
    "password",
    "old",
    "new",
    "credential",
    "token",
    "ticket",
    "a_pin",
    "b_pin",
    "pin",
    "next",
    "deallocation_time",
];
/// What fits on a line is not spread over several.
const WIDTH: usize = 110;

/// The words of one book: equal values get equal words.
pub(crate) struct Plain {
    /// Texts and what is shown for them, the longest first.
    known: Vec<(String, String)>,
    seen: BTreeMap<String, String>,
    /// The seconds to wait that this answer names.
    pub(crate) wait: Option<String>,
}

impl Default for Plain {
    fn default() -> Self {
        let mut plain = Self {
            known: Vec::new(),
            seen: BTreeMap::new(),
            wait: None,
        };
        plain.hide(HOOKS_SECRET, "<secret>");
        plain
    }
}

impl Plain {
    /// Shows `name` for `text`.
    pub(crate) fn hide(&mut self, text: &str, name: &str) {
        if !self.known.iter().any(|(known, _)| known == text) {
            self.known.push((text.to_owned(), name.to_owned()));
            self.known
                .sort_by_key(|(known, _)| std::cmp::Reverse(known.len()));
        }
    }

    /// Any text.
    pub(crate) fn text(&mut self, text: &str) -> String {
        let known = self.known.iter();
        let text = known.fold(text.to_owned(), |text, (known, name)| text.replace(known, name));
        let (mut out, mut word) = (String::new(), String::new());
        for c in text.chars() {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') {
                word.push(c);
                continue;
            }
            out.push_str(&self.word(&std::mem::take(&mut word)));
            out.push(c);
        }
        out.push_str(&self.word(&word));
        without_wait(&out)
    }

    /// A stream: how long to wait before the next is drawn by lot.
    pub(crate) fn stream(&mut self, text: &str) -> String {
        let line = |line: &str| match line.strip_prefix("retry: ") {
            Some(_) => "retry: <milliseconds>".to_owned(),
            None => self.text(line),
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    /// JSON, with its fields in the order of the alphabet.
    pub(crate) fn json(&mut self, value: &Value) -> String {
        let shown = pretty(&hidden(value), 0);
        self.text(&shown)
    }

    /// One word: as it is, or what stands for it.
    fn word(&mut self, word: &str) -> String {
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let hex = word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'));
        if self
            .wait
            .as_ref()
            .is_some_and(|wait| wait == word && word.len() > 1)
        {
            return "<seconds>".to_owned();
        }
        match word.len() {
            13 if digits && word.starts_with('1') => "<time>".to_owned(),
            10 if digits && word.starts_with('1') => "<time in seconds>".to_owned(),
            32 if hex => self.numbered("id", word),
            64 if hex => self.numbered("hash", word),
            36 if word.matches('-').count() == 4 && word.split('-').all(|part| part.len() >= 4) => {
                self.numbered("uuid", word)
            }
            43 => self.numbered("token", word),
            _ => word.to_owned(),
        }
    }

    fn numbered(&mut self, kind: &str, word: &str) -> String {
        if let Some(name) = self.seen.get(word) {
            return name.clone();
        }
        let before = self
            .seen
            .values()
            .filter(|name| name.starts_with(&format!("<{kind}-")));
        let name = format!("<{kind}-{}>", before.count() + 1);
        self.seen.insert(word.to_owned(), name.clone());
        name
    }
}

/// How long somebody is to wait depends on how long the test took.
fn without_wait(text: &str) -> String {
    let Some((before, after)) = text.split_once("Wait ") else {
        return text.to_owned();
    };
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.len() < after.len() {
        true => format!("{before}Wait <seconds>{rest}"),
        false => text.to_owned(),
    }
}

/// The same without what [`FIELDS`] hold.
fn hidden(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| {
                let text = value.as_str().is_some_and(|text| !text.is_empty());
                // Twelve signs: the id of an uploaded log.
                let id = name == "id" && value.as_str().is_some_and(|text| text.len() == 12);
                let value = match text && (id || FIELDS.contains(&name.as_str())) {
                    true => Value::String(format!("<{name}>")),
                    false => hidden(value),
                };
                (name.clone(), value)
            };
            Value::Object(fields.iter().map(field).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(hidden).collect()),
        other => other.clone(),
    }
}

/// Written out, indented by `deep` levels.
fn pretty(value: &Value, deep: usize) -> String {
    let line = short(value);
    if line.chars().count() + 2 * deep <= WIDTH {
        return line;
    }
    let (inner, outer) = ("  ".repeat(deep + 1), "  ".repeat(deep));
    let lines = |open: char, items: Vec<String>, close: char| {
        let items: Vec<_> = items.into_iter().map(|item| format!("{inner}{item}")).collect();
        format!("{open}\n{}\n{outer}{close}", items.join(",\n"))
    };
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().collect();
            let field = |(name, value): (&String, &Value)| format!("\"{name}\": {}", pretty(value, deep + 1));
            lines('{', fields.into_iter().map(field).collect(), '}')
        }
        Value::Array(items) => lines(
            '[',
            items.iter().map(|item| pretty(item, deep + 1)).collect(),
            ']',
        ),
        _ => line,
    }
}

/// On one line.
fn short(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().collect();
            let field = |(name, value): (&String, &Value)| format!("\"{name}\": {}", short(value));
            let fields: Vec<_> = fields.into_iter().map(field).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
