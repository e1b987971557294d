//! The page inside another site's frame: who is around it, and the ticket it was given.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::page::{document, window};
use super::{fragment, reflect};

#[wasm_bindgen]
extern "C" {
    // Our own address, with another fragment: nothing that could be refused.
    #[wasm_bindgen(js_namespace = history, js_name = replaceState)]
    fn replace_state(state: &JsValue, unused: &str, url: &str);
}

/// What the page around ours hands it, so that the agent need not sign in.
pub struct Invitation {
    /// Good once and not for long.
    pub ticket: String,
    /// The origin of the page around, as the browser says.
    pub from: String,
}

/// Takes `#ticket=...` off the address, where it must not stay; `None` where there is none, or no frame to use it in.
pub fn invitation() -> Option<Invitation> {
    const KEY: &str = "ticket";
    let location = window().location();
    let hash = location.hash().ok()?;
    let ticket = fragment::value(&hash, KEY)?.to_owned();
    let [path, query] = [location.pathname(), location.search()].map(Result::unwrap_or_default);
    replace_state(
        &JsValue::NULL,
        "",
        &[path, query, fragment::without(&hash, KEY)].concat(),
    );
    invited(ticket)
}

/// A ticket that the page around has given; `None` where there is none around.
pub fn invited(ticket: String) -> Option<Invitation> {
    let from = around()?;
    Some(Invitation { ticket, from })
}

/// The origin of the page around this one. Firefox has no `ancestorOrigins`, but the referrer says the same.
pub(super) fn around() -> Option<String> {
    if window().top().ok()?? == window() {
        return None;
    }
    let ancestors = reflect::get(window().location().as_ref(), "ancestorOrigins");
    let first = ancestors.and_then(|list| reflect::get(&list, "0")?.as_string());
    first.or_else(|| fragment::origin(&document()?.referrer()).map(str::to_owned))
}
