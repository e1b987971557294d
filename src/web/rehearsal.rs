//! Hearing oneself as others do, and hearing where sounds come out: for trying devices before a call.

use js_sys::Promise;
use phone::MediaFault;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, AudioContextState, MediaStream};

use super::microphone::Microphone;
use super::ring;
use super::route::route;
use super::{clock, tones};
use crate::devices::Role;

/// How long the agent is listened to, and then heard, ms.
pub const LENGTH: u32 = 3_000;

/// Listens for [`LENGTH`], says so by `heard`, and plays it at the speaker: returns when that is over. Nothing is kept.
pub async fn speak_to_oneself(heard: impl FnOnce()) -> Result<(), MediaFault> {
    let microphone = Microphone::open().await?;
    let context = AudioContext::new().map_err(|_| MediaFault::Unsupported)?;
    route(&context, Role::Speaker);
    // The microphone's way out is as long as the recording: while it lasts nothing sounds that it could record again.
    let played = play_late(&context, &microphone).await;
    heard();
    if played.is_some() {
        drop(microphone);
        clock::sleep(LENGTH).await;
    }
    end(&context).await;
    played.ok_or(MediaFault::Unsupported)
}

async fn play_late(context: &AudioContext, microphone: &Microphone) -> Option<()> {
    let stream = MediaStream::new().ok()?;
    stream.add_track(microphone.track());
    let source = context.create_media_stream_source(&stream).ok()?;
    let seconds = f64::from(LENGTH) / 1000.0;
    let late = context.create_delay_with_max_delay_time(seconds).ok()?;
    late.delay_time().set_value(seconds as f32);
    source.connect_with_audio_node(&late).ok()?;
    late.connect_with_audio_node(&context.destination()).ok()?;
    clock::sleep(LENGTH).await;
    source.disconnect().ok()
}

/// Sounds a round of the ring at the device of `role`; false if the browser does not let the page sound.
pub async fn sample(role: Role) -> bool {
    let Ok(context) = AudioContext::new() else {
        return false;
    };
    route(&context, role);
    if ring::play(&context, &tones::SAMPLE, Some(1.0)).is_some() {
        clock::sleep((tones::SAMPLE.length() * 1000.0) as u32).await;
    }
    let sounds = context.state() == AudioContextState::Running;
    end(&context).await;
    sounds
}

async fn end(context: &AudioContext) {
    // Refused only by a context that is closed.
    if let Ok(closing) = context.close() {
        let closing: Promise = closing;
        let _ = JsFuture::from(closing).await;
    }
}
