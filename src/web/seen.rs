//! What is said to the person on the screen: the titles of notices, whoever has drawn them.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MutationObserver, MutationObserverInit};

use super::listener::{Callback, callback};
use super::page::document;
use super::reflect;

/// Where titles are.
const TITLES: &str = ".notice-title, .ended-reason, .field-error";

/// Looks on until it is dropped.
pub struct Watching {
    observer: MutationObserver,
    _heard: Callback,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Hears each title that comes onto the screen.
pub fn notices(hear: impl Fn(String) + 'static) -> Option<Watching> {
    let heard = callback(Box::new(move |records: JsValue| {
        for record in Array::from(&records).iter() {
            let added = reflect::get(&record, "addedNodes").unwrap_or_default();
            for node in Array::from(&added).iter() {
                if let Some(element) = node.dyn_ref::<Element>() {
                    titles(element, &hear);
                }
            }
        }
    }));
    let observer = MutationObserver::new(heard.as_ref().unchecked_ref()).ok()?;
    let wanted = MutationObserverInit::new();
    wanted.set_child_list(true);
    wanted.set_subtree(true);
    let body = document()?.body()?;
    observer.observe_with_options(&body, &wanted).ok()?;
    Some(Watching {
        observer,
        _heard: heard,
    })
}

fn titles(element: &Element, hear: &impl Fn(String)) {
    if element.matches(TITLES) == Ok(true) {
        hear(element.text_content().unwrap_or_default());
    }
    let Ok(found) = element.query_selector_all(TITLES) else {
        return;
    };
    for index in 0..found.length() {
        if let Some(title) = found.get(index) {
            hear(title.text_content().unwrap_or_default());
        }
    }
}
