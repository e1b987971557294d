//! The built phone in a real Chromium, against the sandbox and against servers that misbehave.
#![cfg(not(target_arch = "wasm32"))]

mod admin;
mod calls;
mod desk_caller;
mod desk_history;
mod desk_shift;
mod devices;
mod embed;
mod headset;
mod in_firefox;
mod incoming;
mod keyboard;
mod languages;
mod microphones;
mod mini_bar;
mod package;
mod panel;
mod panes;
mod quality;
mod readiness;
mod responsiveness;
mod server_away;
mod server_calls;
mod server_canary;
mod server_sign_in;
mod servers;
mod support_file;
mod tabs;

#[path = "../support/mod.rs"]
mod support;
