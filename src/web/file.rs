//! Text from a file that the person has chosen, and text saved as one.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlElement};

use super::page::document;
use super::{place, reflect};

/// A file that somebody has chosen in a file field.
pub struct Chosen {
    file: JsValue,
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub length: f64,
}

impl Chosen {
    /// The first file of the field that this event comes from.
    pub fn of(event: &Event) -> Option<Self> {
        let field = event.target()?;
        let files = reflect::get(&field, "files")?;
        let file = reflect::get(&files, "0")?;
        Some(Self {
            name: reflect::text(&file, "name"),
            length: reflect::get(&file, "size")?.as_f64()?,
            file,
        })
    }

    /// What it holds, read as UTF-8; `None` if it cannot be read.
    pub async fn text(&self) -> Option<String> {
        let promise = reflect::method(&self.file, "text")?.call0(&self.file).ok()?;
        JsFuture::from(promise.unchecked_into::<js_sys::Promise>())
            .await
            .ok()?
            .as_string()
    }
}

/// Has the browser save a text under this name. By a `data:` address: the page's policy knows no blobs.
pub fn save(name: &str, text: &str) {
    let link = document().and_then(|document| document.create_element("a").ok());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let address = ["data:text/plain;charset=utf-8,", &place::segment(text)].concat();
    let _ = link.set_attribute("href", &address);
    let _ = link.set_attribute("download", name);
    link.click();
}
