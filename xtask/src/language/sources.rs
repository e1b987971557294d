//! Finds in the sources what an agent reads: the arguments of `softphone::language`, the sentences of the notices, and those of
//! the server's refusals.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::LitStr;

use crate::failure::Failure;

/// Where agents' texts are; the admin's screens are in English.
const ROOMS: [&str; 1] = ["src"];
const OTHERS: [&str; 2] = ["src/admin", "src/admin.rs"];

/// Where the server's sentences for agents are: these come in English, and are shown by way of the catalogue as well. What has
/// a value in it stays English.
const SERVED: [&str; 17] = [
    "api/body.rs",
    "api/feedback.rs",
    "api/history.rs",
    "api/logs.rs",
    "api/notes.rs",
    "api/query.rs",
    "api/session.rs",
    "auth/access.rs",
    "auth/origin.rs",
    "auth/password.rs",
    "auth/sign_in.rs",
    "auth/ticket.rs",
    "phone/calls_seen.rs",
    "phone/numbers.rs",
    "phone/placing.rs",
    "problem.rs",
    "vendor/refused.rs",
];

/// What is a number in those sentences.
const NUMBERS: [&str; 4] = ["LONGEST", "SHORTEST", "limit", "seconds"];

/// What is said when no program can speak any more.
const DEAD_PAGES: [&str; 2] = ["www/index.html", "www/admin.html"];

/// A text with the form for many of it, where it has one.
pub(super) type Texts = BTreeMap<String, Option<String>>;

/// All texts below the workspace's root.
pub(super) fn texts(root: &Path) -> Result<Texts, Failure> {
    let mut texts = Texts::new();
    for room in ROOMS {
        for file in files(&root.join(room), root)? {
            read(tokens(&file)?, &mut texts);
        }
    }
    for file in SERVED {
        sentences(tokens(&root.join("crates/server/src").join(file))?, &mut texts);
    }
    for page in DEAD_PAGES {
        let file = root.join(page);
        let markup = fs::read_to_string(&file).map_err(|e| Failure::io("read", &file, &e))?;
        texts.extend(lettered(&markup).map(|text| (text, None)));
    }
    Ok(texts)
}

fn tokens(file: &Path) -> Result<TokenStream, Failure> {
    let source = fs::read_to_string(file).map_err(|e| Failure::io("read", file, &e))?;
    source
        .parse()
        .map_err(|e| Failure::new(format!("{} is no Rust: {e}", file.display())))
}

/// What stands in elements with the attribute `data-t`.
fn lettered(markup: &str) -> impl Iterator<Item = String> {
    let elements = markup.split("data-t>").skip(1);
    elements.filter_map(|rest| Some(rest.split_once('<')?.0.to_owned()))
}

fn files(folder: &Path, root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|e| Failure::io("read", folder, &e))?;
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if OTHERS.iter().any(|other| path == root.join(other)) {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path, root)?);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
    Ok(found)
}

/// What the name before an argument list makes of the literals in it.
enum Reads {
    /// The first is a text.
    First,
    /// They are one text in two forms.
    Forms,
    /// Each is a text.
    Each,
}

fn reads(name: &str) -> Option<Reads> {
    match name {
        "t" | "fill" | "marked" => Some(Reads::First),
        "counted" => Some(Reads::Forms),
        "plain" | "problem" => Some(Reads::Each),
        _ => None,
    }
}

fn read(tokens: TokenStream, texts: &mut Texts) {
    // The last two names, since `mod tests { … }` is not for agents.
    let (mut before, mut name) = (String::new(), String::new());
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                if before == "mod" && name == "tests" {
                    continue;
                }
                if let Some(how) = reads(&name) {
                    take(&group, &how, texts);
                }
                name.clear();
                read(group.stream(), texts);
            }
            TokenTree::Ident(ident) => {
                before = std::mem::replace(&mut name, ident.to_string());
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => name.clear(),
        }
    }
}

fn take(group: &Group, how: &Reads, texts: &mut Texts) {
    let mut tokens = group.stream().into_iter().peekable();
    // A definition or a variable has none.
    let first = matches!(tokens.peek(), Some(TokenTree::Literal(_)));
    let mut literals = tokens.filter_map(|token| match token {
        TokenTree::Literal(literal) => syn::parse_str::<LitStr>(&literal.to_string()).ok(),
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) => None,
    });
    match how {
        Reads::First if first => {
            if let Some(text) = literals.next() {
                texts.entry(text.value()).or_default();
            }
        }
        Reads::First => {}
        Reads::Forms => {
            if let (Some(one), Some(many)) = (literals.next(), literals.next()) {
                texts.insert(one.value(), Some(many.value()));
            }
        }
        Reads::Each => {
            for text in literals {
                texts.entry(text.value()).or_default();
            }
        }
    }
}

fn is_sentence(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.ends_with(['.', '!', '?']) && text.contains(' ')
}

/// The sentence that a macro makes out of numbers alone, each as its place: `Wait {seconds} s.` is `Wait {0} s.`
fn template(group: &Group) -> Option<String> {
    let literal = group.stream().into_iter().find_map(|token| match token {
        TokenTree::Literal(literal) => syn::parse_str::<LitStr>(&literal.to_string()).ok(),
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) => None,
    })?;
    let (text, mut places) = (literal.value(), 0..);
    let mut parts = text.split('{');
    let mut whole = parts.next()?.to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        NUMBERS.contains(&name).then_some(())?;
        whole.extend(["{", &places.next()?.to_string(), "}", rest]);
    }
    (whole != text && is_sentence(&whole)).then_some(whole)
}

/// Whole sentences, outside of attributes and tests.
fn sentences(tokens: TokenStream, texts: &mut Texts) {
    let (mut before, mut last) = (String::new(), String::new());
    for token in tokens {
        let now = match &token {
            TokenTree::Group(group) => {
                let is_aside = last == "#" || before == "mod" && last == "tests";
                if last == "!" {
                    texts.extend(template(group).map(|text| (text, None)));
                } else if !is_aside {
                    sentences(group.stream(), texts);
                }
                String::new()
            }
            TokenTree::Literal(literal) => {
                let text = syn::parse_str::<LitStr>(&literal.to_string()).map(|text| text.value());
                if let Ok(text) = text
                    && is_sentence(&text)
                {
                    texts.entry(text).or_default();
                }
                String::new()
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => token.to_string(),
        };
        before = std::mem::replace(&mut last, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_the_server_are_found_where_they_are_whole() {
        let source = r#"
            #[expect(lint, reason = "A reason is not shown.")]
            fn refuse() { Refused::new(STATUS, "code", "It went wrong. Try again.") }
            const WHY: &str = "Said twice.";
            let some = format!("At most {LONGEST} of them.");
            let not = format!("Only {who} may.");
            #[cfg(test)]
            mod tests { const X: &str = "Not this one."; }
        "#;
        let mut texts = Texts::new();
        sentences(source.parse().unwrap(), &mut texts);
        assert_eq!(
            Vec::from_iter(texts.into_keys()),
            ["At most {0} of them.", "It went wrong. Try again.", "Said twice."]
        );
    }

    #[test]
    fn the_page_that_is_left_has_its_texts_marked() {
        let markup = "<h1 data-t>It has stopped.</h1><p>1</p><button id=again data-t>Reload</button>";
        assert_eq!(Vec::from_iter(lettered(markup)), ["It has stopped.", "Reload"]);
    }

    #[test]
    fn texts_are_found_inside_views_and_those_of_tests_are_not() {
        let source = r#"
            fn view() { view! { <p title=t("A title")>{fill("{0} of {1}", &[a, b])}</p> } }
            const ALL: [&str; 1] = [marked("Off")];
            let calls = counted(u64::from(3), "{0} call", "{0} calls");
            Self::problem("What.", "Why \"so\".", "Do.");
            pub fn t(english: &str) -> &str { find(english) }
            let not = other("not a text");
            mod tests { fn x() { t("nor this"); } }
        "#;
        let mut texts = Texts::new();
        read(source.parse().unwrap(), &mut texts);
        let found: Vec<&str> = texts.keys().map(String::as_str).collect();
        assert_eq!(
            found,
            [
                "A title",
                "Do.",
                "Off",
                "What.",
                "Why \"so\".",
                "{0} call",
                "{0} of {1}"
            ]
        );
        assert_eq!(texts["{0} call"].as_deref(), Some("{0} calls"));
    }
}
