//! A release binary holds `dist/`: built again when the folder changes, or appears.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../dist");
}
