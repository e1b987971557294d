//! The admin binary: a page of its own at `/admin`, where the vendor's account is set up and the floor is watched. It speaks to
//! the server alone, in the types of `protocol`, and holds no phone.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
mod elements;
#[cfg(target_arch = "wasm32")]
#[path = "admin/mod.rs"]
mod screens;

/// The page has loaded: `www/admin-boot.js` calls this, once.
#[cfg(target_arch = "wasm32")]
#[softphone::web::export]
pub fn open() {
    screens::open();
}

/// The screens exist only in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
