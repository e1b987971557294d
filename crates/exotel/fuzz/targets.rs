//! What is fuzzed, one function each: reading ends in a hook or an error, and a hook can be shown, written and read
//! again. Shared with `tests/fuzz_targets.rs`, which runs them in every normal test run, so that they stay true.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "included by programs that use one of them each"
)]

use exotel::hooks::{self, Hook, HookKind};

/// A webhook's body that calls itself JSON.
pub fn json(body: &[u8]) {
    each_kind(Some("application/json"), "", body, again_as_json);
}

/// A webhook's body that calls itself a form.
pub fn form(body: &[u8]) {
    each_kind(Some("application/x-www-form-urlencoded"), "", body, again_as_json);
}

/// A webhook's body that calls itself multipart.
pub fn multipart(body: &[u8]) {
    each_kind(Some("multipart/form-data; boundary=x"), "", body, again_as_json);
}

/// A webhook's query, without a body.
pub fn query(query: &str) {
    each_kind(None, query, b"", |kind, hook| {
        let _ = hooks::parse(kind, None, &hook.to_form(), b"");
    });
}

fn each_kind(content_type: Option<&str>, query: &str, body: &[u8], again: fn(HookKind, &Hook)) {
    for kind in HookKind::ALL {
        if let Ok(hook) = hooks::parse(kind, content_type, query, body) {
            let _ = (hook.dedup_key(), format!("{hook:?}"));
            again(kind, &hook);
        }
    }
}

fn again_as_json(kind: HookKind, hook: &Hook) {
    let written = hook.to_json().to_string();
    let _ = hooks::parse(kind, Some("application/json"), "", written.as_bytes());
}
