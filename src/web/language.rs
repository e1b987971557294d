//! The agent's language, as `www/boot.js` has chosen it and fetched its words.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

use super::{memory, page, reflect, screen};

/// Where the choice is kept; `www/boot.js` reads it before any program runs.
const CHOICE: &str = "language";

fn boot() -> Option<JsValue> {
    reflect::get(&js_sys::global(), "softphone")
}

/// Puts the words in place, first of all in a program. English has none.
pub fn install() {
    if let Some(words) = boot().and_then(|boot| reflect::get(&boot, "words")?.as_string()) {
        crate::language::install(words);
    }
}

/// The code of the language on the screen, such as `hi`.
pub fn current() -> String {
    page::language()
}

/// What there is besides English.
pub fn others() -> Vec<String> {
    let catalogues = boot().and_then(|boot| reflect::get(&boot, "catalogues")?.dyn_into::<Object>().ok());
    catalogues.map_or_else(Vec::new, |all| {
        Object::keys(&all)
            .iter()
            .filter_map(|code| code.as_string())
            .collect()
    })
}

/// What the language calls itself; its code where the browser does not know it.
pub fn name(code: &str) -> String {
    let named = || {
        let kind = Object::new();
        reflect::set(&kind, "type", &JsValue::from_str("language"));
        let intl = reflect::get(&js_sys::global(), "Intl")?;
        let names = reflect::construct(&intl, "DisplayNames", &[JsValue::from_str(code), kind.into()])?;
        let of = reflect::method(&names, "of")?;
        of.call1(&names, &JsValue::from_str(code)).ok()?.as_string()
    };
    named().unwrap_or_else(|| code.to_owned())
}

/// Shows another one from now on: the page is loaded anew.
pub fn choose(code: &str) {
    memory::keep(CHOICE, code);
    screen::reload();
}
