//! JSON that the browser parsed.

use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast, JsValue};

use super::reflect;
use crate::companion::Json;

/// A value of it; undefined where there was none.
pub struct Parsed(pub(super) JsValue);

impl Parsed {
    /// The same as text; empty for undefined.
    pub fn written(&self) -> String {
        JSON::stringify(&self.0).map(String::from).unwrap_or_default()
    }
}

impl Json for Parsed {
    fn get(&self, name: &str) -> Option<Self> {
        // Only objects have members: `Reflect.get` throws on the rest, which is `None` as well.
        reflect::get(&self.0, name).map(Self)
    }

    fn list(&self) -> Vec<Self> {
        match self.0.dyn_ref::<Array>() {
            Some(array) => (0..array.length()).map(|at| Self(array.get(at))).collect(),
            None => Vec::new(),
        }
    }

    fn string(&self) -> Option<String> {
        self.0.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn boolean(&self) -> Option<bool> {
        self.0.as_bool()
    }
}
