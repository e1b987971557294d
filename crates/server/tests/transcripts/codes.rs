//! Nothing is left out: every route has a transcript of its success, every code of a refusal stands in one.

use std::collections::BTreeSet;
use std::path::Path;

use server::routes::routes;

use crate::book::folder;

/// Codes without a transcript.
const ELSEWHERE: [(&str, &str); 3] = [
    ("busy", "wants ten seconds of people signing in all at once"),
    ("no_random", "wants a system without random bytes"),
    ("no_randomness", "wants a system without random bytes"),
];

/// Every transcript: its title without the words, the line of its status, and all of it.
fn transcripts() -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for section in text.split("\n### ").skip(1) {
            let title = section.split(':').next().unwrap();
            let is_status =
                |line: &&str| line.len() > 4 && line[..3].bytes().all(|byte| byte.is_ascii_digit());
            let status = section.lines().find(is_status).unwrap_or_default();
            all.push((title.to_owned(), status.to_owned(), section.to_owned()));
        }
    }
    all
}

#[test]
fn every_route_has_a_transcript_of_its_success() {
    let told = transcripts();
    let without: Vec<_> = routes()
        .iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .filter(|route| {
            !told
                .iter()
                .any(|(title, status, _)| title == route && status.starts_with('2'))
        })
        .collect();
    assert!(without.is_empty(), "no transcript of a success: {without:?}");
}

#[test]
fn every_code_of_a_refusal_stands_in_a_transcript() {
    let source = codes_of_the_source();
    let told: BTreeSet<String> = transcripts()
        .iter()
        .flat_map(|(_, _, text)| codes_told(text))
        .collect();
    let elsewhere: BTreeSet<String> = ELSEWHERE.iter().map(|(code, _)| (*code).to_owned()).collect();
    let missing: Vec<_> = source
        .difference(&told)
        .filter(|code| !elsewhere.contains(*code))
        .collect();
    assert!(missing.is_empty(), "codes without a transcript: {missing:?}");
    let unfound: Vec<_> = told.difference(&source).collect();
    assert!(
        unfound.is_empty(),
        "codes that this test does not find in the source: {unfound:?}"
    );
    let idle: Vec<_> = elsewhere
        .iter()
        .filter(|code| told.contains(*code) || !source.contains(*code))
        .collect();
    assert!(idle.is_empty(), "no longer exceptions: {idle:?}");
}

#[test]
fn no_transcript_shows_a_secret_or_a_port() {
    for (title, _, text) in transcripts() {
        for secret in ["test-", crate::PASSWORD, "127.0.0.1:"] {
            assert!(!text.contains(secret), "{title} shows {secret}");
        }
    }
}

fn codes_told(text: &str) -> Vec<String> {
    let after = text.split("\"code\": \"").skip(1);
    after
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}

/// Words that follow a status, or that a sentence follows in a pair.
fn codes_of_the_source() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                codes.extend(codes_of(&std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    codes
}

fn codes_of(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let pieces: Vec<&str> = source.split('"').collect();
    let is_word = |text: &str| {
        let letters = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        letters && !text.is_empty()
    };
    let mut codes = Vec::new();
    for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| is_word(piece)) {
        let before = index
            .checked_sub(1)
            .and_then(|index| pieces.get(index))
            .unwrap_or(&"");
        let before = before.trim_end();
        let status = before
            .strip_suffix(',')
            .and_then(|before| before.rsplit(['(', ' ', '\n']).next());
        let follows_status = status.is_some_and(|word| word.starts_with("StatusCode::") || word == "status");
        // `=> ("not_json", "The body is no JSON.")`
        let sentence = pieces.get(index + 2).is_some_and(|next| next.contains(' '));
        let in_pair = before.ends_with("=> (") && sentence;
        if follows_status || in_pair {
            codes.push((*piece).to_owned());
        }
    }
    codes
}

#[test]
fn codes_are_found_however_they_are_written() {
    let source = r#"
        Refused::new(StatusCode::FORBIDDEN, "one", message);
        Refused::new(
            StatusCode::BAD_GATEWAY,
            "two",
            error.to_string(),
        )
        A => ("three", "It is wrong."), B => (
            "four",
            "It is wrong too.",
        ),
        (status, "five", message)
        labels("kind", "other");
    "#;
    assert_eq!(codes_of(source), ["one", "two", "three", "four", "five"]);
}
