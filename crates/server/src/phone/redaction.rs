//! Numbers that slipped into uploaded log lines.
//!
//! A run of 7 digits or more, with up to four separators in between, is a number. Not so: the digits of a long id (a call's
//! sid is 32 letters and digits), and a moment in milliseconds at the start of a line.

/// A run of fewer digits is no subscriber's number.
const SHORTEST: usize = 7;
/// A word of so many letters and digits is an id.
const ID: usize = 20;

/// `line` with the digits of each number hidden.
pub fn without_numbers(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let mut hidden = vec![false; chars.len()];
    let mut at = moment(&chars);
    while at < chars.len() {
        let end = run(&chars, at);
        let digits = chars
            .get(at..end)
            .unwrap_or_default()
            .iter()
            .filter(|c| c.is_numeric())
            .count();
        if digits >= SHORTEST && !in_id(&chars, at, end) {
            hidden
                .get_mut(at..end)
                .into_iter()
                .flatten()
                .for_each(|hide| *hide = true);
        }
        at = end.max(at + 1);
    }
    let pairs = chars.iter().zip(hidden);
    pairs
        .map(|(c, hide)| if hide && c.is_numeric() { '•' } else { *c })
        .collect()
}

/// Where a number that begins at `at` ends; `at` itself if none does.
fn run(chars: &[char], at: usize) -> usize {
    let digit = |index: usize| chars.get(index).is_some_and(|c| c.is_numeric());
    let mut end = at;
    loop {
        if digit(end) {
            end += 1;
        } else if end > at && gap(chars, end) > 0 && digit(end + gap(chars, end)) {
            end += gap(chars, end);
        } else {
            return end;
        }
    }
}

/// How many separators stand at `at`: at most four, such as `) - `.
fn gap(chars: &[char], at: usize) -> usize {
    let separators = chars.get(at..).unwrap_or_default().iter();
    separators.take(4).take_while(|c| is_separator(**c)).count()
}

/// What people and programs write between digits: also the many spaces and dashes of Unicode.
fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '.' | '(' | ')' | '/' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}'
    ) || c.is_whitespace()
}

/// Whether the run is part of a long word with letters in it.
fn in_id(chars: &[char], start: usize, end: usize) -> bool {
    let word = |c: &&char| c.is_ascii_alphanumeric();
    let before = chars
        .get(..start)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(word);
    let after = chars.get(end..).unwrap_or_default().iter().take_while(word);
    let letters = before.clone().chain(after.clone()).any(char::is_ascii_alphabetic);
    letters && before.count() + (end - start) + after.count() >= ID
}

/// Past a moment in milliseconds (years 2001 to 2033) that begins the line.
fn moment(chars: &[char]) -> usize {
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    match digits == 13 && chars.first() == Some(&'1') && chars.get(13).is_none_or(|c| c.is_whitespace()) {
        true => 13,
        false => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_go_and_the_rest_stays() {
        for (line, wanted) in [
            ("INVITE from +918040408012", "INVITE from +••••••••••••"),
            ("dialled 080 4040-8012, 5 s", "dialled ••• ••••-••••, 5 s"),
            (
                "sip:9811111003@example.com;user=phone",
                "sip:••••••••••@example.com;user=phone",
            ),
            ("(080) 40408012", "(•••) ••••••••"),
            ("080\u{2011}4040\u{2009}8012\t1", "•••\u{2011}••••\u{2009}••••\t•"),
            ("080_4040_8012", "•••_••••_••••"),
            ("(080) - 4040 / 8012", "(•••) - •••• / ••••"),
            ("n9811111003", "n••••••••••"),
            ("1764270000123 +9198", "1764270000123 +9198"),
            ("1764270000123 9811111003", "1764270000123 ••••••••••"),
            ("९८११११२२३३", "••••••••••"),
            ("status 200 after 1532 ms", "status 200 after 1532 ms"),
            (
                "X-Exotel-Callsid: 1e2c98111110034c5da76be3410fa1ab",
                "X-Exotel-Callsid: 1e2c98111110034c5da76be3410fa1ab",
            ),
        ] {
            assert_eq!(without_numbers(line), wanted, "{line}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_digits_changes(line in ".{0,120}") {
            let without = without_numbers(&line);
            prop_assert_eq!(without.chars().count(), line.chars().count());
            for (before, after) in line.chars().zip(without.chars()) {
                prop_assert!(before == after || (before.is_numeric() && after == '•'));
            }
        }

        #[test]
        fn a_number_in_words_is_always_hidden(number in "\\+?[0-9]{7,15}", before in "[a-z =:]{0,20}") {
            let line = format!("{before} {number}, on its way");
            let without = without_numbers(&line);
            prop_assert!(!without.contains(|c: char| c.is_numeric()), "{}", without);
        }
    }
}
