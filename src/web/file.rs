//! Text from a chosen file, and text for the clipboard.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use super::page::window;
use super::reflect;

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

/// Puts a text into the clipboard; whether that worked.
pub async fn copy(text: &str) -> bool {
    let navigator: JsValue = window().navigator().into();
    let Some(clipboard) = reflect::get(&navigator, "clipboard") else {
        return false;
    };
    let Some(write) = reflect::method(&clipboard, "writeText") else {
        return false;
    };
    match write.call1(&clipboard, &JsValue::from_str(text)) {
        Ok(promise) => JsFuture::from(promise.unchecked_into::<js_sys::Promise>())
            .await
            .is_ok(),
        Err(_) => false,
    }
}
