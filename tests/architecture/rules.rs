//! What a line, or a file, may not say. Each is tried on an example, since a rule that cannot fail holds nothing.

/// Lines of a source file, its inline tests not counted.
pub(crate) const SOURCE_LINES: usize = 400;
/// Lines of a file of tests.
pub(crate) const TEST_LINES: usize = 600;

fn any(line: &str, words: &[&str]) -> bool {
    words.iter().any(|word| line.contains(word))
}

/// A clock, a socket, a file, a thread or a random source. Address types (`std::net::IpAddr`) are plain data.
pub(crate) fn impure(line: &str) -> bool {
    let words = [
        "SystemTime",
        "Instant::now",
        "std::time::Instant",
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "ToSocketAddrs",
        "std::thread",
        "std::fs",
        "std::env::",
        "std::process",
        "rand::",
        "getrandom",
        "RandomState",
        "tokio",
    ];
    any(line, &words) || names_browser(line)
}

/// The vendor's crate (its header names are fine).
pub(crate) fn names_vendor(line: &str) -> bool {
    any(line, &["exotel::", "use exotel"])
}

/// The browser's bindings.
pub(crate) fn names_browser(line: &str) -> bool {
    any(line, &["web_sys", "js_sys", "wasm_bindgen"])
}

/// The view library.
pub(crate) fn names_leptos(line: &str) -> bool {
    line.contains("leptos")
}

/// The page's own modules.
pub(crate) fn names_page(line: &str) -> bool {
    any(
        line,
        &[
            "crate::desk",
            "crate::shell",
            "crate::ui",
            "mod desk",
            "mod shell",
            "mod ui",
        ],
    )
}

/// What the admin's screens have no business with.
pub(crate) fn knows_phones(line: &str) -> bool {
    names_page(line) || names_vendor(line) || any(line, &["phone::phone", "use phone::", "crate::board"])
}

/// The library that reads whole documents into types.
pub(crate) fn names_serde_json(line: &str) -> bool {
    line.contains("serde_json")
}

/// A closure nobody owns.
pub(crate) fn forgets(line: &str) -> bool {
    any(line, &[".forget()", "mem::forget"])
}

/// A test that does not run.
pub(crate) fn ignores(line: &str) -> bool {
    any(line, &["#[ignore", ", ignore]", ", ignore)]"])
}

/// `style="…"` and its like, as a view's attribute.
pub(crate) fn styles_inline(line: &str) -> bool {
    line.match_indices("style=")
        .any(|(at, _)| at == 0 || line[..at].ends_with([' ', '<']))
}

/// Length without the inline tests, which end a file.
pub(crate) fn source_lines(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines
        .windows(2)
        .position(|pair| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod "));
    tests.unwrap_or(lines.len())
}

/// Script and style that are not files of their own, and handlers in attributes.
pub(crate) fn inline(html: &str) -> Vec<&'static str> {
    let html = html.to_ascii_lowercase();
    let scripts = html.split("<script").skip(1).filter(|rest| {
        let (tag, after) = rest.split_once('>').unwrap_or((rest, ""));
        let body = after.split("</script").next().unwrap_or_default();
        !tag.contains("src=") || !body.trim().is_empty()
    });
    let handler = html.split(|c: char| c.is_whitespace()).any(|word| {
        let name = word.split('=').next().unwrap_or_default();
        word.contains('=')
            && name.len() > 2
            && name.starts_with("on")
            && name.bytes().all(|b| b.is_ascii_lowercase())
    });
    let mut found = Vec::new();
    if scripts.count() > 0 {
        found.push("inline <script>");
    }
    if html.contains("<style") || html.contains(" style=") {
        found.push("inline style");
    }
    if handler || html.contains("javascript:") {
        found.push("script in an attribute");
    }
    found
}

#[test]
fn broken_rules_are_seen() {
    assert!(
        impure("let now = std::time::Instant::now();")
            && impure("use rand::Rng;")
            && impure("js_sys::Date::now()")
    );
    assert!(!impure("use std::net::Ipv6Addr;") && !impure("use crate::time::Instant;"));
    assert!(names_vendor("use exotel::CallSid;") && !names_vendor(r#"headers.get("X-Exotel-Callsid")"#));
    assert!(names_browser("fn a(e: web_sys::Event)") && !names_browser("use crate::web::Page;"));
    assert!(names_page("use crate::desk::Desk;") && !names_page("use crate::board::Board;"));
    assert!(knows_phones("use phone::view::View;") && !knows_phones("use protocol::phone::DeviceName;"));
    assert!(names_serde_json("serde_json::from_str(text)") && !names_serde_json("use serde::Serialize;"));
    assert!(forgets("closure.forget();") && !forgets("self.forget_call()"));
    assert!(ignores("#[ignore]") && ignores("#[ignore = \"slow\"]") && !ignores("fn ignores_garbage()"));
    assert!(
        styles_inline(r#"<p style="color: red">"#) && !styles_inline(r#"<p style:width=move || w.get()>"#)
    );
}

#[test]
fn inline_tests_do_not_count() {
    assert_eq!(source_lines("a\nb\n#[cfg(test)]\nmod tests {\n}\n"), 2);
    assert_eq!(source_lines("a\n#[cfg(test)]\nuse x;\nb\n"), 4);
}

#[test]
fn inline_script_is_seen() {
    assert_eq!(inline("<script>go()</script>"), ["inline <script>"]);
    assert_eq!(inline("<script src=\"a.js\">go()</script>"), ["inline <script>"]);
    assert_eq!(inline("<body onload=\"go()\">"), ["script in an attribute"]);
    assert_eq!(inline("<p style=\"color: red\">"), ["inline style"]);
    assert!(inline("<script async src=\"/boot.js\"></script><link rel=icon content='on=1'>").is_empty());
}
