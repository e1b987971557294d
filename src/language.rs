//! The words on the screen in the agent's language, in the way of gettext: the English text is the key, so English needs no
//! catalogue and a text without a translation is still readable. Catalogues are `www/lang/*.po`, packed when `dist/` is built
//! and fetched only where they are needed.

use std::sync::OnceLock;

static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();

/// A packed catalogue: a line for each text, English, a tab, the translation; in the order of the English bytes. The line of
/// the empty text says from which count on things are many: 2 where nothing counts as one, as in Hindi, else absent.
struct Catalogue(Vec<(&'static str, &'static str)>);

impl Catalogue {
    fn read(packed: &'static str) -> Self {
        Self(packed.lines().filter_map(|line| line.split_once('\t')).collect())
    }

    fn find(&self, english: &str) -> Option<&'static str> {
        let at = self.0.binary_search_by(|(key, _)| (*key).cmp(english)).ok()?;
        self.0.get(at).map(|(_, text)| *text)
    }

    /// By the two forms that English and the languages of India have (CLDR: *one*, *other*).
    fn is_one(&self, count: u64) -> bool {
        count == 1 || count == 0 && self.find("") == Some("2")
    }
}

/// Puts a catalogue in place, before anything is drawn. One program shows one language until it is loaded anew: a second
/// catalogue changes nothing.
pub fn install(packed: String) {
    CATALOGUE.get_or_init(|| Catalogue::read(packed.leak()));
}

/// The text in the agent's language; as it is where there is no translation.
#[must_use]
pub fn t(english: &str) -> &str {
    CATALOGUE.get().and_then(|it| it.find(english)).unwrap_or(english)
}

/// [`t`], with `{0}`, `{1}`… replaced by the values: their order may differ from one language to the next.
#[must_use]
pub fn fill(english: &str, values: &[&str]) -> String {
    put_in(t(english), values)
}

/// The form of a text that fits a count, which is its `{0}`.
#[must_use]
pub fn counted(count: u64, one: &str, many: &str) -> String {
    let is_one = CATALOGUE.get().map_or(count == 1, |it| it.is_one(count));
    fill(if is_one { one } else { many }, &[&count.to_string()])
}

/// A sentence of the server's in the agent's language. Its numbers are values: `Wait 12 s.` is `Wait {0} s.` in the catalogue.
#[must_use]
pub fn served(english: &str) -> String {
    served_by(english, t)
}

fn served_by(english: &str, t: impl Fn(&str) -> &str) -> String {
    let known = t(english);
    if known != english {
        return known.to_owned();
    }
    let mut template = String::new();
    let mut numbers: Vec<&str> = Vec::new();
    let mut rest = english;
    while let Some(at) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (text, number) = rest.split_at(at);
        let end = number.find(|letter: char| !letter.is_ascii_digit());
        let (number, after) = number.split_at(end.unwrap_or(number.len()));
        template.extend([text, "{", &numbers.len().to_string(), "}"]);
        numbers.push(number);
        rest = after;
    }
    template.push_str(rest);
    match t(&template) {
        unknown if unknown == template => english.to_owned(),
        text => put_in(text, &numbers),
    }
}

/// Marks a text that is translated where it is shown, so that the catalogues have it.
#[must_use]
pub const fn marked(english: &'static str) -> &'static str {
    english
}

fn put_in(text: &str, values: &[&str]) -> String {
    let mut parts = text.split('{');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let value = part.split_once('}').and_then(|(place, rest)| {
            let place: usize = place.parse().ok()?;
            Some((*values.get(place)?, rest))
        });
        match value {
            Some((value, rest)) => {
                whole.push_str(value);
                whole.push_str(rest);
            }
            None => {
                whole.push('{');
                whole.push_str(part);
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_translation_stays_english() {
        let catalogue = Catalogue::read("Answer\tउत्तर दें\nCall\tकॉल करें\nnot a line");
        assert_eq!(catalogue.find("Call"), Some("कॉल करें"));
        assert_eq!(catalogue.find("Hang up"), None);
        assert_eq!(t("Hang up"), "Hang up");
    }

    #[test]
    fn nothing_counts_as_one_where_the_language_says_so() {
        let (hindi, tamil) = (Catalogue::read("\t2"), Catalogue::read(""));
        assert!(hindi.is_one(0) && hindi.is_one(1) && !hindi.is_one(2));
        assert!(!tamil.is_one(0) && tamil.is_one(1) && !tamil.is_one(2));
        assert_eq!(counted(1, "{0} call", "{0} calls"), "1 call");
        assert_eq!(counted(0, "{0} call", "{0} calls"), "0 calls");
    }

    #[test]
    fn numbers_in_a_sentence_of_the_servers_are_values() {
        fn t(text: &str) -> &str {
            match text {
                "Wait {0} s of {1} s." => "{1} s में से {0} s रुकें।",
                "Exactly 3." => "ठीक तीन।",
                other => other,
            }
        }
        assert_eq!(served_by("Wait 12 s of 60 s.", t), "60 s में से 12 s रुकें।");
        assert_eq!(served_by("Exactly 3.", t), "ठीक तीन।");
        // Unknown: as it came, braces and all.
        assert_eq!(served_by("{9} of 12 {0}", t), "{9} of 12 {0}");
    }

    #[test]
    fn values_go_where_the_language_wants_them() {
        assert_eq!(put_in("{0} of {1}", &["3", "10"]), "3 of 10");
        assert_eq!(put_in("{1} में से {0}", &["3", "10"]), "10 में से 3");
        assert_eq!(put_in("no values", &["3"]), "no values");
        // A brace that names no value is text.
        assert_eq!(put_in("{x} {7} {", &["3"]), "{x} {7} {");
    }
}
