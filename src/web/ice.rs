//! STUN and TURN servers, as `RTCPeerConnection` takes them.

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::RtcConfiguration;

use super::{clock, reflect};
use crate::companion::IceServer;

/// The configuration with those whose credentials are still good; one that is over would only slow the gathering down.
pub(super) fn configuration(servers: &[IceServer]) -> RtcConfiguration {
    let now = clock::now();
    let good = |server: &&IceServer| server.expires_at.is_none_or(|end| end > now);
    let list: Array = servers.iter().filter(good).map(server).collect();
    let configuration = Object::new();
    reflect::set(&configuration, "iceServers", &list);
    configuration.unchecked_into()
}

fn server(server: &IceServer) -> Object {
    let entry = Object::new();
    let urls: Array = server.urls.iter().map(|url| JsValue::from_str(url)).collect();
    reflect::set(&entry, "urls", &urls);
    for (name, text) in [("username", &server.username), ("credential", &server.credential)] {
        if let Some(text) = text {
            reflect::set(&entry, name, &JsValue::from_str(text));
        }
    }
    entry
}
