//! The agent's microphone: asked for when a call needs it, stopped when the call ends.

use std::cell::Cell;

use js_sys::Object;
use phone::MediaFault;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MediaStream, MediaStreamConstraints, MediaStreamTrack, MediaStreamTrackState};

use super::refusal::{self, Refused};
use super::route::chosen;
use super::{Listener, denoise, page, reflect};
use crate::devices::{CLEAN, Role};

thread_local! {
    // A microphone once opened in this page needs no more asking, also where the Permissions API does not know it.
    static OPENED: Cell<bool> = const { Cell::new(false) };
}

/// What the browser says about asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// It will open without a question.
    Granted,
    /// The browser will ask, or does not say.
    Ask,
    /// It will be refused.
    Denied,
}

/// An open microphone. Dropping it stops the track: the browser's recording light goes out.
pub struct Microphone {
    /// The device's own sound.
    device: MediaStreamTrack,
    /// What is sent of it: the same, or without its noise.
    track: MediaStreamTrack,
}

impl Microphone {
    /// Asks for the agent's microphone, or for the system's own where that one is gone. The request starts now, also if the
    /// future is polled later.
    ///
    /// `#mic=raw` in the page's address switches the browser's processing off, for measuring: echo cancellation and noise
    /// suppression would remove a steady test tone.
    pub fn open() -> impl Future<Output = Result<Self, MediaFault>> + use<> {
        // Listened to from now on: a refusal that comes before the future is polled is no unhandled rejection.
        let id = chosen(Role::Microphone.line());
        let asked = ask(&id).map(JsFuture::from);
        async move {
            let opened = asked?.await.map_err(|error| fault(&error));
            let stream = match opened {
                Err(MediaFault::NoDevice) if !id.is_empty() => {
                    JsFuture::from(ask("")?).await.map_err(|error| fault(&error))?
                }
                Ok(_) | Err(_) => opened?,
            };
            let track = stream.unchecked_into::<MediaStream>().get_audio_tracks().get(0);
            let device: MediaStreamTrack = track.dyn_into().map_err(|_| MediaFault::NoDevice)?;
            OPENED.set(true);
            let track = denoise::clean(&device).await.unwrap_or_else(|| device.clone());
            Ok(Self { device, track })
        }
    }

    pub(super) fn track(&self) -> &MediaStreamTrack {
        &self.track
    }

    /// It has not been lost.
    pub(super) fn is_live(&self) -> bool {
        self.device.ready_state() == MediaStreamTrackState::Live
    }

    /// The name of the device.
    pub(super) fn label(&self) -> String {
        self.device.label()
    }

    /// Sends silence instead of sound, or sound again.
    pub fn mute(&self, muted: bool) {
        self.track.set_enabled(!muted);
    }

    /// Hears the device being unplugged or the permission withdrawn; our own stop is not heard.
    pub fn on_lost(&self, hear: impl Fn() + 'static) -> Listener {
        Listener::new(&self.device, &["ended"], move |_: Event| hear())
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        self.device.stop();
    }
}

/// Asks for the device of this id; without one, for the system's own.
fn ask(id: &str) -> Result<js_sys::Promise, MediaFault> {
    let devices = page::window().navigator().media_devices().ok();
    let Some(devices) = devices.filter(|devices| !devices.is_undefined()) else {
        return Err(refusal::fault(Refused {
            name: "TypeError",
            message: "",
            allowed: true,
            secure: secure(),
        }));
    };
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&wanted(id));
    let promise = devices
        .get_user_media_with_constraints(&constraints)
        .map_err(|error| fault(&error))?;
    Ok(promise.unchecked_into())
}

/// Chromium does not heed a device that is only wished for: it must be a condition.
fn wanted(id: &str) -> JsValue {
    let wanted = Object::new();
    if !id.is_empty() {
        let exact = Object::new();
        reflect::set(&exact, "exact", &JsValue::from_str(id));
        reflect::set(&wanted, "deviceId", &exact);
    }
    // One suppression is enough.
    if !chosen(CLEAN).is_empty() && denoise::is_lent() {
        reflect::set(&wanted, "noiseSuppression", &JsValue::FALSE);
    }
    if page::fragment("mic").as_deref() == Some("raw") {
        for name in ["echoCancellation", "noiseSuppression", "autoGainControl"] {
            reflect::set(&wanted, name, &JsValue::FALSE);
        }
    }
    wanted.into()
}

fn fault(error: &JsValue) -> MediaFault {
    refusal::fault(Refused {
        name: &reflect::text(error, "name"),
        message: &reflect::text(error, "message"),
        allowed: allowed(),
        secure: secure(),
    })
}

fn secure() -> bool {
    page::window().is_secure_context()
}

/// Asks the document's policy, under its newer or its older name; where there is neither, nothing is known against it.
fn allowed() -> bool {
    let Some(document) = page::document() else {
        return true;
    };
    let policy =
        reflect::get(&document, "permissionsPolicy").or_else(|| reflect::get(&document, "featurePolicy"));
    policy
        .and_then(|policy| {
            let answer = reflect::method(&policy, "allowsFeature")?;
            answer
                .call1(&policy, &JsValue::from_str("microphone"))
                .ok()?
                .as_bool()
        })
        .unwrap_or(true)
}

/// A fault known before anybody asks: no WebRTC, no secure context, forbidden by the embedding page.
pub fn obstacle() -> Option<MediaFault> {
    if !secure() {
        return Some(MediaFault::Insecure);
    }
    if reflect::get(&js_sys::global(), "RTCPeerConnection").is_none() {
        return Some(MediaFault::Unsupported);
    }
    (!allowed()).then_some(MediaFault::BlockedByEmbedder)
}

/// The permission as the browser knows it, and later changes of it.
pub struct Watch {
    status: JsValue,
    _listener: Listener,
}

impl Watch {
    /// Starts to watch; `None` where the Permissions API does not know microphones.
    pub async fn start(hear: impl Fn() + 'static) -> Option<Self> {
        let permissions = reflect::get(&page::window().navigator(), "permissions")?;
        let query = Object::new();
        reflect::set(&query, "name", &JsValue::from_str("microphone"));
        let promise = reflect::method(&permissions, "query")?
            .call1(&permissions, &query)
            .ok()?;
        let promise: js_sys::Promise = promise.dyn_into().ok()?;
        let status = JsFuture::from(promise).await.ok()?;
        let listener = Listener::new(status.unchecked_ref(), &["change"], move |_: Event| hear());
        Some(Self {
            status,
            _listener: listener,
        })
    }

    fn state(&self) -> Permission {
        match reflect::text(&self.status, "state").as_str() {
            "granted" => Permission::Granted,
            "denied" => Permission::Denied,
            _ => Permission::Ask,
        }
    }
}

/// What asking would bring, given the watch if there is one.
pub fn permission(watch: Option<&Watch>) -> Permission {
    match watch.map_or(Permission::Ask, Watch::state) {
        Permission::Ask if OPENED.get() => Permission::Granted,
        known => known,
    }
}
