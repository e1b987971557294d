//! The npm package, installed as its users install it.

mod element;
mod headless;
