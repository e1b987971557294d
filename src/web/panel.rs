//! One button over the page, with a sentence, for a program that draws nothing else and so carries no framework.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement};

use super::page::document;
use super::{Listener, reflect};

/// It is on the page as long as this lives.
pub struct Panel {
    root: Element,
    words: Element,
    _listener: Listener,
}

impl Panel {
    /// Puts it there, hidden from eyes until it says something.
    pub fn open(id: &str, button: &str, press: impl Fn() + 'static) -> Option<Self> {
        let document = document()?;
        let make = |name: &str, class: &str| {
            let element = document.create_element(name).ok()?;
            element.set_class_name(class);
            Some(element)
        };
        let root = make("section", "")?;
        root.set_id(id);
        let words = make("p", "")?;
        let _ = words.set_attribute("role", "status");
        let pressed = make("button", "button primary wide")?;
        let _ = pressed.set_attribute("type", "button");
        pressed.set_text_content(Some(button));
        let listener = Listener::new(&pressed, &["click"], move |_: Event| press());
        root.append_with_node_2(&words, &pressed).ok()?;
        let body: HtmlElement = document.body()?;
        body.append_child(&root).ok()?;
        Some(Self {
            root,
            words,
            _listener: listener,
        })
    }

    /// Shows it with this sentence.
    pub fn say(&self, words: &str) {
        self.root.set_class_name("shown");
        if self.words.text_content().as_deref() != Some(words) {
            self.words.set_text_content(Some(words));
        }
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Adds rules to the page. Set by script, as the policy asks.
pub fn style(rules: &str) {
    let sheet = reflect::construct(&js_sys::global(), "CSSStyleSheet", &[]);
    let Some((sheet, document)) = sheet.zip(document()) else {
        return;
    };
    if let Some(replace) = reflect::method(&sheet, "replaceSync") {
        let _ = replace.call1(&sheet, &JsValue::from_str(rules));
    }
    let name = "adoptedStyleSheets";
    let sheets = reflect::get(&document, name)
        .map_or_else(js_sys::Array::new, |all| js_sys::Array::from(all.unchecked_ref()));
    sheets.push(&sheet);
    reflect::set(&document, name, &sheets);
}
