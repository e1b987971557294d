#![no_main]
//! Whatever a webhook's query holds, reading it ends in a hook or an error; a hook can be written and read again.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|query: &str| {
    for kind in exotel::hooks::HookKind::ALL {
        if let Ok(hook) = exotel::hooks::parse(kind, None, query, b"") {
            let _ = (hook.dedup_key(), format!("{hook:?}"));
            let _ = exotel::hooks::parse(kind, None, &hook.to_form(), b"");
        }
    }
});
