//! The microphones and loudspeakers that the browser sees.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MediaDeviceInfo, MediaDeviceKind, MediaDevices};

use super::{Listener, page, reflect};
use crate::devices::{Device, Kind};

/// All there are. Without the permission to use a microphone a browser tells neither names nor ids.
pub async fn list() -> Vec<Device> {
    let Some(Ok(asked)) = media_devices().map(|devices| devices.enumerate_devices()) else {
        return Vec::new();
    };
    let told = JsFuture::from(asked).await.unwrap_or_default();
    let all: &Array = told.unchecked_ref();
    all.iter()
        .filter_map(|device| read(device.unchecked_ref()))
        .collect()
}

fn read(device: &MediaDeviceInfo) -> Option<Device> {
    let kind = match device.kind() {
        MediaDeviceKind::Audioinput => Kind::Input,
        MediaDeviceKind::Audiooutput => Kind::Output,
        _ => return None,
    };
    Some(Device {
        kind,
        id: device.device_id(),
        label: device.label(),
    })
}

/// Hears devices being plugged in or unplugged; several events for one headset.
pub fn on_change(hear: impl Fn() + 'static) -> Option<Listener> {
    let devices = media_devices()?;
    Some(Listener::new(&devices, &["devicechange"], move |_: Event| hear()))
}

/// The browser can send the far end's sound to a chosen loudspeaker.
pub fn can_choose_speaker() -> bool {
    has_sink("HTMLMediaElement")
}

/// The browser can ring at a chosen loudspeaker.
pub fn can_choose_ringer() -> bool {
    has_sink("AudioContext")
}

fn has_sink(interface: &str) -> bool {
    reflect::get(&js_sys::global(), interface)
        .and_then(|class| reflect::get(&class, "prototype"))
        .is_some_and(|prototype| reflect::method(&prototype, "setSinkId").is_some())
}

fn media_devices() -> Option<MediaDevices> {
    let devices = page::window().navigator().media_devices().ok()?;
    // Undefined where the page is not secure.
    (!devices.is_undefined()).then_some(devices)
}
