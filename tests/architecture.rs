//! The rules of `docs/architecture.md`, read from the manifests and sources. A rule that is broken says what to do.
#![cfg(not(target_arch = "wasm32"))]

#[path = "architecture/manifest.rs"]
mod manifest;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/tree.rs"]
mod tree;

use tree::{assert_none, html, lines_with, rust};

#[test]
fn crates_depend_only_on_what_they_may() {
    let may: [(&str, &[&str]); 8] = [
        ("crates/sip", &["sha2"]),
        ("crates/phone", &["sip", "serde"]),
        ("crates/protocol", &["serde"]),
        ("crates/quality", &["serde"]),
        ("crates/headset", &[]),
        ("crates/noise", &["nnnoiseless"]),
        (
            "crates/exotel",
            &[
                "serde",
                "serde_json",
                "http",
                "percent-encoding",
                "form_urlencoded",
                "base64",
                "aes",
                "cfb-mode",
            ],
        ),
        (
            ".",
            &[
                "phone",
                "quality",
                "headset",
                "noise",
                "protocol",
                "serde",
                "serde_json",
                "leptos",
                "wasm-bindgen",
                "wasm-bindgen-futures",
                "js-sys",
                "web-sys",
                "gloo-net",
                "serde-wasm-bindgen",
                "postcard",
                "rlsf",
            ],
        ),
    ];
    let found = may.iter().flat_map(|(folder, allowed)| {
        let strangers = manifest::dependencies(folder)
            .into_iter()
            .filter(|name| !allowed.contains(&name.as_str()));
        strangers.map(move |name| format!("{folder}/Cargo.toml: `{name}`"))
    });
    assert_none(
        found,
        "a dependency that this crate may not have. Do without it, or move the code to a crate that may name it; \
         if the rule is wrong, change it here, in docs/architecture.md and say why in docs/decisions.md",
    );
}

#[test]
fn the_vendors_wire_and_the_sip_core_never_meet() {
    let never = [
        ("crates/server", "sip"),
        ("crates/server", "phone"),
        ("crates/sandbox", "phone"),
        ("xtask", "sip"),
    ];
    let found = never
        .iter()
        .filter(|(folder, other)| manifest::dependencies(folder).iter().any(|name| name == other));
    assert_none(
        found.map(|(folder, other)| format!("{folder} -> {other}")),
        "these crates must not know each other: let them meet in tests/, or over the wire",
    );
}

#[test]
fn native_builds_of_the_app_stay_free_of_the_browser() {
    let browser = [
        "leptos",
        "wasm-bindgen",
        "js-sys",
        "web-sys",
        "gloo-net",
        "serde-wasm-bindgen",
        "rlsf",
    ];
    let native = manifest::native_dependencies(".")
        .into_iter()
        .filter(|name| browser.contains(&name.as_str()));
    assert_none(
        native,
        "a browser crate among the root package's plain [dependencies]: move it under \
         [target.'cfg(target_arch = \"wasm32\")'.dependencies]",
    );
}

#[test]
fn the_kernel_names_no_clock_socket_or_random_source() {
    assert_none(
        lines_with(
            &[
                "crates/sip/src",
                "crates/phone/src",
                "crates/quality/src",
                "crates/headset/src",
            ],
            rules::impure,
        ),
        "sip, phone, quality, headset and noise are pure: take time, entropy and bytes as arguments, and return what to do",
    );
}

#[test]
fn the_kernel_does_not_know_the_vendor() {
    assert_none(
        lines_with(&["crates/phone/src"], rules::names_vendor),
        "phone does not know exotel: carry the vendor's value as plain data in an Input",
    );
}

#[test]
fn the_browser_is_named_only_in_src_web() {
    let outside = rust(&["src"])
        .into_iter()
        .filter(|file| !file.is_under("src/web"));
    assert_none(
        outside.flat_map(|file| file.lines_with(rules::names_browser)),
        "web_sys, js_sys and wasm_bindgen belong in src/web: give the thing a small type there and use that",
    );
}

#[test]
fn the_worker_does_not_name_leptos() {
    assert_none(
        lines_with(&["src/worker.rs", "src/worker"], rules::names_leptos),
        "the worker must not link Leptos: what both need goes to a module of the library without it",
    );
}

#[test]
fn the_panes_do_not_name_the_page() {
    assert_none(
        lines_with(&["src/panes.rs", "src/panes"], rules::names_page),
        "the panes know the page by its port: let it say what they need (src/panes_wire.rs)",
    );
}

#[test]
fn the_admins_screens_know_the_server_alone() {
    assert_none(
        lines_with(&["src/admin.rs", "src/admin"], rules::knows_phones),
        "the admin's screens speak to the server, in the types of protocol: no phone, no page, no vendor",
    );
    let found = [
        "src/main.rs",
        "src/worker.rs",
        "src/worker",
        "src/ui",
        "src/panes.rs",
        "src/panes",
    ];
    assert_none(
        lines_with(&found, rules::names_serde_json),
        "serde_json is the admin's alone: the others read JSON field by field, which is smaller",
    );
}

#[test]
fn listeners_have_owners() {
    assert_none(
        lines_with(&["src"], rules::forgets),
        "no `.forget()`: keep the closure in the value it serves, so that it goes when that goes",
    );
}

#[test]
fn every_test_runs() {
    assert_none(
        lines_with(&["src", "crates", "xtask", "tests"], rules::ignores),
        "no ignored test: mend it or delete it",
    );
}

#[test]
fn no_file_grows_past_reading() {
    let files = rust(&["src", "crates", "xtask", "tests"]);
    let found = files.iter().filter_map(|file| {
        let limit = if file.is_test() {
            rules::TEST_LINES
        } else {
            rules::SOURCE_LINES
        };
        let length = if file.is_test() {
            file.text.lines().count()
        } else {
            rules::source_lines(&file.text)
        };
        (length > limit).then(|| format!("{}: {length} lines, limit {limit}", file.name))
    });
    assert_none(
        found,
        "a file too long to read in one go (inline tests not counted): split it by concern, one idea a file",
    );
}

#[test]
fn pages_have_no_inline_script_or_style() {
    let found = html("www").into_iter().flat_map(|file| {
        rules::inline(&file.text)
            .into_iter()
            .map(|what| format!("{}: {what}", file.name))
            .collect::<Vec<_>>()
    });
    assert_none(
        found,
        "the CSP (script-src 'self', style-src 'self') blocks inline script and style: put it into a file under www/",
    );
}

#[test]
fn views_set_no_style_attribute() {
    assert_none(
        lines_with(
            &["src/ui", "src/panes", "src/admin", "src/elements", "src/main.rs"],
            rules::styles_inline,
        ),
        "the CSP blocks style attributes: use a class, or `style:property=value`, which the CSP allows",
    );
}
