#![no_main]
//! Whatever a webhook's body holds as json, reading it ends in a hook or an error; a hook can be written and read again.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    for kind in exotel::hooks::HookKind::ALL {
        if let Ok(hook) = exotel::hooks::parse(kind, Some("application/json"), "", body) {
            let _ = (hook.dedup_key(), format!("{hook:?}"));
            let written = hook.to_json().to_string();
            let _ = exotel::hooks::parse(kind, Some("application/json"), "", written.as_bytes());
        }
    }
});
